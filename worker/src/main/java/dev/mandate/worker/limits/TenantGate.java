package dev.mandate.worker.execution;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether a tenant is to be called now. It pauses when Auth0 asks for it, and a circuit breaker keeps commands from
 * burning their attempts on a tenant that does not answer. Waiting is done elsewhere: the gate only says how long.
 */
final class TenantGate {

    private static final Duration OPEN = Duration.ofSeconds(5);

    private final CircuitBreaker breaker;
    private final Clock clock;
    private volatile Instant pausedUntil = Instant.EPOCH;

    TenantGate(String tenant, Clock clock) {
        this.clock = clock;
        this.breaker = CircuitBreaker.of(
                tenant,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(10)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(OPEN)
                        .clock(clock)
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .build());
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    /** How long to wait before calling; empty if a call is welcome, and then {@link #ended} must follow. */
    Optional<Duration> closedFor() {
        Duration pause = Duration.between(clock.instant(), pausedUntil);
        if (!pause.isNegative() && !pause.isZero()) {
            return Optional.of(pause);
        }
        try {
            breaker.acquirePermission();
            return Optional.empty();
        } catch (CallNotPermittedException e) {
            return Optional.of(OPEN.dividedBy(2));
        }
    }

    /** Pauses all calls to the tenant, as Auth0 asked. */
    void pause(Duration hint) {
        Instant until = clock.instant().plus(hint);
        if (until.isAfter(pausedUntil)) {
            pausedUntil = until;
        }
    }

    /** Notes how a call ended that was let through. */
    void ended(boolean answered) {
        if (answered) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        } else {
            breaker.onError(0, TimeUnit.NANOSECONDS, new IOException("No useful answer"));
        }
    }

    /** Gives a permission back that was not used. */
    void unused() {
        breaker.releasePermission();
    }
}
