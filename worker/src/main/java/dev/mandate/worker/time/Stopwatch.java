package dev.mandate.worker.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * How long ago something was, by whichever of two clocks says longer. {@link System#nanoTime} can't be set; on Linux it
 * runs on while the process is stopped ({@code SIGSTOP}, a frozen container), and stands still while the machine
 * sleeps. The wall clock is right again once the machine has woken up, and may be set backwards at any other time.
 */
public final class Stopwatch {

    private final Clock wall;
    private final LongSupplier nanos;
    private final Instant since;
    private final long sinceNanos;

    private Stopwatch(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.since = wall.instant();
        this.sinceNanos = nanos.getAsLong();
    }

    /** Starts one now. */
    public static Stopwatch start(Clock wall) {
        return start(wall, System::nanoTime);
    }

    /**
     * Starts one now.
     *
     * @param nanos as {@link System#nanoTime}
     */
    public static Stopwatch start(Clock wall, LongSupplier nanos) {
        return new Stopwatch(wall, nanos);
    }

    /** How long ago it was started, or longer. */
    public Duration elapsed() {
        Duration byWall = Duration.between(since, wall.instant());
        Duration byNanos = Duration.ofNanos(nanos.getAsLong() - sinceNanos);
        return byWall.compareTo(byNanos) > 0 ? byWall : byNanos;
    }
}
