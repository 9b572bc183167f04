package dev.mandate.worker.consumption;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether commands are being worked on: the loop goes round, the worker is a member of the group, and what it owns has
 * been read back. A worker that owns nothing, because there are more workers than partitions, is well.
 */
final class LoopHealth implements HealthIndicator {

    /** Giving partitions back may take this long without anything being wrong. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(60);

    private final Supplier<LoopState> loop;
    private final Clock clock;

    LoopHealth(Supplier<LoopState> loop, Clock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    @Override
    public Health health() {
        LoopState state = loop.get();
        boolean alive =
                state.running() && clock.instant().isBefore(state.lastTurn().plus(LONGEST_TURN));
        Health.Builder health = alive && state.joined() && state.recovering() == 0 ? Health.up() : Health.down();
        health.withDetail("alive", alive)
                .withDetail("joined", state.joined())
                .withDetail("partitions", state.owned())
                .withDetail("recovering", state.recovering());
        if (!state.failure().isEmpty()) {
            health.withDetail("failure", state.failure());
        }
        return health.build();
    }
}
