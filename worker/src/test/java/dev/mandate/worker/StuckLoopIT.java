package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.worker.rig.Rig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** A loop that no longer comes round, in a process that is otherwise well. */
class StuckLoopIT {

    private static final CountDownLatch FREE = new CountDownLatch(1);
    private static volatile boolean stuck;

    private Rig rig;
    private ConfigurableApplicationContext worker;

    /** Time that goes on for everybody but the loop, which never gets to know it. */
    private static final class ClockThatHolds extends Clock {

        @Override
        public Instant instant() {
            if (!stuck) {
                return Instant.now();
            }
            if (Thread.currentThread().getName().equals("consumption")) {
                try {
                    FREE.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return Instant.now().plus(Duration.ofMinutes(4));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("Times here are instants");
        }
    }

    /** Replaces the worker's own. */
    static class Time {

        @Bean
        Clock clock() {
            return new ClockThatHolds();
        }
    }

    @BeforeEach
    void start() {
        rig = Rig.start();
        Map<String, String> properties = rig.properties("worker-1");
        properties.putAll(Rig.WEB);
        String[] arguments = properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        var application = new SpringApplication(WorkerApplication.class, Time.class);
        application.setAllowBeanDefinitionOverriding(true);
        worker = application.run(arguments);
    }

    @AfterEach
    void stop() {
        FREE.countDown();
        worker.close();
        rig.close();
    }

    @Test
    void both_probes_tell_of_a_loop_that_is_stuck() {
        // Given
        await().atMost(Duration.ofSeconds(60)).until(() -> probe("readiness") == 200);
        assertThat(probe("liveness")).isEqualTo(200);

        // When
        stuck = true;

        // Then
        await().untilAsserted(() -> assertThat(probe("liveness")).isEqualTo(503));
        assertThat(probe("readiness")).isEqualTo(503);
    }

    private int probe(String name) {
        String port = worker.getEnvironment().getRequiredProperty("local.management.port");
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health/" + name))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
