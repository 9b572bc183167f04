package dev.mandate.worker.limits;

import dev.mandate.contracts.topic.Lane;
import dev.mandate.worker.time.Countdown;
import dev.mandate.worker.time.Stopwatch;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * Whether a tenant is to be called now. It keeps to this worker's share of the tenant's rate limits, pauses when Auth0
 * asks for it, and has a circuit breaker that keeps commands from burning their attempts on a tenant that does not
 * answer. Waiting is done elsewhere: the gate only says how long. Safe for use by many threads.
 */
public final class TenantGate {

    /** While it is not known whether the tenant is back, one command after another is let go on to find out. */
    private static final Duration BETWEEN_TRIALS = Duration.ofMillis(500);

    private static final Duration UNLESS_TOLD = Duration.ofSeconds(1);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final CircuitBreaker breaker;
    private final DoubleSupplier share;
    private final Gauges gauges;
    private final Clock clock;
    private final Map<Family, RateShare> shares = new ConcurrentHashMap<>();
    private volatile Optional<Countdown> pause = Optional.empty();
    private Instant lastTrial = Instant.EPOCH;

    /** Shows what there is to see. */
    interface Gauges {

        void family(Family family, RateShare share);

        void called(String answer);
    }

    /** @param share this worker's part of the tenant's limits */
    TenantGate(CircuitBreaker breaker, DoubleSupplier share, Gauges gauges, Clock clock) {
        this.breaker = breaker;
        this.share = share;
        this.gauges = gauges;
        this.clock = clock;
    }

    /**
     * Lets somebody go on who will soon call the tenant, at the pace that is right.
     *
     * @return empty if so, else why not, and when to ask again
     */
    public Optional<Closed> take(Family family, Lane lane) {
        return trial().or(() -> follow(family, lane));
    }

    /** The same for what belongs to somebody who has been let go on already, such as a look-up. */
    public Optional<Closed> follow(Family family, Lane lane) {
        return closed(family)
                .or(() -> share(family).take(lane, share.getAsDouble()).map(Closed::limited));
    }

    /** Why the tenant is not to be called at all; empty if it may be. */
    public Optional<Closed> closed(Family family) {
        Optional<Duration> wait = pause.map(Countdown::left).filter(Duration::isPositive);
        if (wait.isPresent()) {
            return wait.map(Closed::away);
        }
        if (!breaker.tryAcquirePermission()) {
            return Optional.of(Closed.away(TenantGates.OPEN.dividedBy(2)));
        }
        breaker.releasePermission();
        return share(family).pause().map(Closed::limited);
    }

    private synchronized Optional<Closed> trial() {
        if (breaker.getState() == CircuitBreaker.State.CLOSED) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (now.isBefore(lastTrial.plus(BETWEEN_TRIALS)) && !now.isBefore(lastTrial)) {
            return Optional.of(Closed.away(BETWEEN_TRIALS));
        }
        lastTrial = now;
        return Optional.empty();
    }

    /**
     * Begins a call; what becomes of it must be told.
     *
     * @return empty if the tenant is not to be called now: {@link #closed} says why
     */
    public Optional<Passage> enter(Family family) {
        return closed(family).isPresent() || !breaker.tryAcquirePermission()
                ? Optional.empty()
                : Optional.of(new Passage(share(family)));
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    private RateShare share(Family family) {
        return shares.computeIfAbsent(family, one -> {
            var fresh = new RateShare(clock);
            gauges.family(one, fresh);
            return fresh;
        });
    }

    /** One call. Exactly one of {@link #unused}, {@link #answered} and {@link #lost} must follow. */
    public final class Passage {

        private final RateShare share;
        private long number;

        private Passage(RateShare share) {
            this.share = share;
        }

        /** It is not sent after all. */
        public void unused() {
            breaker.releasePermission();
        }

        /** It is sent now. */
        public void sent() {
            number = share.sent();
        }

        /** No useful answer came. */
        public void lost() {
            gauges.called("none");
            breaker.onError(0, TimeUnit.NANOSECONDS, new IOException("No useful answer"));
        }

        /**
         * An answer came.
         *
         * @param header finds a header's first value, whatever the case of its name
         */
        public void answered(int status, Function<String, Optional<String>> header) {
            gauges.called(status == TOO_MANY_REQUESTS ? String.valueOf(status) : status / 100 + "xx");
            Optional<Integer> limit = number(header, "x-ratelimit-limit").filter(one -> one > 0);
            Optional<Integer> remaining = number(header, "x-ratelimit-remaining");
            boolean allowed = status != TOO_MANY_REQUESTS;
            if (limit.isPresent() && remaining.isPresent()) {
                share.answered(number, allowed, limit.get(), Math.min(limit.get(), remaining.get()));
            } else if (status < SERVER_ERROR) {
                share.answered();
            }
            if (!allowed) {
                share.refused(RetryHints.of(status, header, clock.instant()).orElse(UNLESS_TOLD));
            }
            if (status < SERVER_ERROR) {
                breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            } else {
                number(header, "retry-after")
                        .flatMap(RetryHints::seconds)
                        .ifPresent(wait -> pause = Optional.of(new Countdown(Stopwatch.start(clock), wait)));
                breaker.onError(0, TimeUnit.NANOSECONDS, new IOException("An error of the server"));
            }
        }

        private static Optional<Integer> number(Function<String, Optional<String>> header, String name) {
            return header.apply(name).flatMap(text -> {
                try {
                    return Optional.of(Integer.parseInt(text.strip())).filter(one -> one >= 0);
                } catch (NumberFormatException e) {
                    return Optional.empty();
                }
            });
        }
    }
}
