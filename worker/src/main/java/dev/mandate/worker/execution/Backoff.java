package dev.mandate.worker.execution;

import dev.mandate.worker.settings.ExecutionSettings;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait between tries: doubling, with jitter, and no shorter than Auth0 asks. */
public final class Backoff {

    private static final double FACTOR = 2;

    /** By how much of itself a wait is shortened at most. */
    private static final double JITTER = 0.3;

    private final IntervalFunction intervals;

    /** Waits within these settings. */
    public Backoff(ExecutionSettings settings) {
        this.intervals =
                IntervalFunction.ofExponentialBackoff(settings.firstRetryAfter(), FACTOR, settings.longestWait());
    }

    /**
     * The wait after a number of tries.
     *
     * @param tries from 1
     * @param hint what Auth0 asked for
     */
    public Duration after(int tries, Optional<Duration> hint) {
        // The jitter comes after the limit: those who wait longest must not come back all at once.
        double shorter = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
        Duration own = Duration.ofMillis((long) (shorter * intervals.apply(Math.max(1, tries))));
        return hint.filter(asked -> asked.compareTo(own) > 0)
                .map(asked -> asked.plus(own.dividedBy(4)))
                .orElse(own);
    }
}
