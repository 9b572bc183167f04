package dev.mandate.worker.consumption;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the loop still comes round. One that fails ends the process by itself; one that is stuck can't, so whoever
 * supervises the process has to.
 */
final class LoopPulse implements HealthIndicator {

    /** Longer than a turn takes when the broker goes away in the middle of it, and partitions are given back then. */
    private static final Duration STUCK = Duration.ofMinutes(3);

    private final Supplier<LoopState> loop;
    private final Clock clock;

    LoopPulse(Supplier<LoopState> loop, Clock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    @Override
    public Health health() {
        LoopState state = loop.get();
        Duration since = Duration.between(state.lastTurn(), clock.instant());
        return (since.compareTo(STUCK) < 0 ? Health.up() : Health.down())
                .withDetail("lastTurn", state.lastTurn())
                .build();
    }
}
