package dev.mandate.api.health;

import dev.mandate.contracts.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the broker answers, and shows the topic of commands. Asked at most every {@link #MAX_AGE}. */
final class BrokerHealth implements HealthIndicator, AutoCloseable {

    private static final Duration MAX_AGE = Duration.ofSeconds(2);
    private static final int TIMEOUT_MILLIS = 2000;

    private final Map<String, Object> settings;
    private final Clock clock;

    private @Nullable Admin admin;
    private @Nullable Health last;
    private Instant askedAt = Instant.MIN;

    BrokerHealth(Map<String, Object> settings, Clock clock) {
        this.settings = Map.copyOf(settings);
        this.clock = clock;
    }

    static Map<String, Object> timeouts() {
        return Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    }

    @Override
    public synchronized Health health() {
        Instant now = clock.instant();
        Health known = last;
        if (known == null || !now.isBefore(askedAt.plus(MAX_AGE))) {
            known = ask();
            last = known;
            askedAt = now;
        }
        return known;
    }

    private Health ask() {
        try {
            Admin client = admin;
            if (client == null) {
                // Made late: a broker whose name does not resolve yet must not keep the intake from starting.
                client = Admin.create(settings);
                admin = client;
            }
            client.describeTopics(List.of(Topics.COMMANDS)).allTopicNames().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            return Health.up().build();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return Health.outOfService().build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.outOfService().build();
        }
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
