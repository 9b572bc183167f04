package dev.mandate.api.projection;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether reads are answered truthfully. It is part of the overall health and deliberately not of readiness: intake
 * goes on without the read model.
 */
final class ReadModelHealth implements HealthIndicator {

    private final ProjectionProgress progress;

    ReadModelHealth(ProjectionProgress progress) {
        this.progress = progress;
    }

    @Override
    public Health health() {
        var health = progress.isCurrent() ? Health.up() : Health.down();
        return health.withDetail("lag", progress.lag()).build();
    }
}
