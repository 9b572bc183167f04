package dev.mandate.api.projection;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.log.CommandOwners;
import dev.mandate.api.log.LogLoop;
import dev.mandate.api.log.LogReaders;
import dev.mandate.api.log.LogVerifier;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

    /** Connections that no question takes: the projector's, and one for its migrations and whatever looks after it. */
    private static final int WRITERS = 2;

    /** The projector migrates, as soon as the database is there: the intake starts without it. */
    @Bean
    FlywayMigrationStrategy migrateLater() {
        return flyway -> {};
    }

    @Bean
    ProjectionProgress projectionProgress() {
        return new ProjectionProgress();
    }

    @Bean
    LogLoop projector(
            LogReaders readers,
            LogVerifier verifier,
            Flyway flyway,
            JdbcTemplate jdbc,
            TransactionTemplate transactions,
            ProjectionProgress progress,
            CommandOwners owners,
            MandateProperties mandate,
            Clock clock,
            MeterRegistry metrics) {
        var projection = new Projection(
                jdbc,
                transactions,
                new StoredPositions(jdbc),
                new CommandRows(new NamedParameterJdbcTemplate(jdbc)),
                metrics);
        var projector = new Projector(verifier, flyway::migrate, projection, progress, owners, clock);
        String name = mandate.instance() + "-" + Projector.NAME;
        return new LogLoop(readers, name, Projector.SPACING, projector::follow, progress::lost);
    }

    @Bean
    ReadModel readModel(
            DataSource database, @Value("${spring.datasource.hikari.maximum-pool-size}") int connections, Clock clock) {
        var jdbc = new JdbcTemplate(database);
        jdbc.setQueryTimeout((int) ReadModel.LONGEST.toSeconds());
        return new ReadModel(JdbcClient.create(jdbc), Math.max(1, connections - WRITERS), clock);
    }

    @Bean
    HealthIndicator readModelHealthIndicator(ProjectionProgress progress) {
        return new ReadModelHealth(progress);
    }

    @Bean
    MeterBinder projectionMetrics(ProjectionProgress progress) {
        return registry -> {
            Gauge.builder("mandate.projection.lag", progress, ProjectionProgress::lag)
                    .description("Records of the log that the read model does not hold yet")
                    .register(registry);
            Gauge.builder("mandate.projection.current", progress, p -> p.isCurrent() ? 1 : 0)
                    .description("1 when the read model has caught up with the log since it was last out of reach")
                    .register(registry);
        };
    }
}
