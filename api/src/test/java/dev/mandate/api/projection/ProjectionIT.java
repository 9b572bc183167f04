package dev.mandate.api.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.status.Instance;
import dev.mandate.api.status.Stage;
import dev.mandate.api.status.TestLog;
import dev.mandate.api.status.TestPerson;
import dev.mandate.contracts.TestKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The projection of a real log into a real database, by several instances at once. */
class ProjectionIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    static Stage stage;
    static Instance one;
    static Instance two;
    static TestLog log;
    static Tables tables;

    @BeforeAll
    static void start() {
        stage = new Stage(directory);
        // Both project into the same database all the time: every test here is a race.
        one = stage.start("intake-1", Map.of());
        two = stage.start("intake-2", Map.of());
        log = new TestLog(stage.keys());
        tables = new Tables(stage.jdbcUrl());
    }

    @AfterAll
    static void stop() {
        log.close();
        stage.close();
    }

    static TestPerson somebody() {
        return Stage.person("auth0|" + UUID.randomUUID());
    }

    static void awaitCaughtUp(Instance instance, TestLog.Appended last) {
        ProjectionProgress progress = instance.context().getBean(ProjectionProgress.class);
        await().atMost(SOON).until(() -> progress.awaitPast(last.position(), Duration.ofMillis(100)));
        await().atMost(SOON).until(() -> progress.isCurrent() && progress.lag() == 0);
    }

    @Test
    void a_read_model_that_is_built_anew_equals_the_one_that_grew_with_the_log_under_two_projectors() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended last = log.append(ada);
        for (int i = 0; i < 150; i++) {
            last = log.append(ada);
            log.started(last, 1);
            if (i % 3 == 0) {
                log.succeeded(last, "{\"n\":" + i + "}");
            } else if (i % 3 == 1) {
                log.denied(last);
            }
        }
        TestLog.Appended end = log.append(ada);
        awaitCaughtUp(one, end);
        awaitCaughtUp(two, end);
        // When
        Tables fresh = new Tables(Stage.newDatabase());
        Instance third = stage.start("intake-3", Map.of("spring.datasource.url", fresh.url()));
        awaitCaughtUp(third, end);
        // Then
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(tables.commands()).hasSizeGreaterThan(150).isEqualTo(fresh.commands());
            assertThat(tables.positions()).isEqualTo(fresh.positions());
        });
        third.context().close();
    }

    @Test
    void a_forged_outcome_and_a_forged_command_are_counted_and_passed_over(@TempDir Path thief) {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        TestLog.Appended forged;
        try (var forger = new TestLog(TestKeys.in(thief, Clock.systemUTC()))) {
            // When
            forged = forger.append(ada);
            forger.succeeded(command, "{}");
        }
        log.denied(command);
        awaitCaughtUp(one, log.append(ada));
        // Then
        await().atMost(SOON).until(() -> tables.count("id = '" + command.id() + "' and outcome = 'denied'") == 1);
        assertThat(tables.count("id = '" + forged.id() + "'")).isZero();
        double rejected = List.of(one, two).stream()
                .map(instance -> instance.context().getBean(MeterRegistry.class))
                .flatMap(metrics -> metrics
                        .find("mandate.log.rejected")
                        .tag("reader", "projection")
                        .tag("code", "jws.key_unknown")
                        .counters()
                        .stream())
                .mapToDouble(counter -> counter.count())
                .sum();
        assertThat(rejected).isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_character_that_the_database_cannot_hold_stops_nothing() {
        // Given
        TestPerson ada = somebody();
        // When
        TestLog.Appended strange = log.append(log.command(ada, "a\0b", Optional.empty()));
        awaitCaughtUp(one, strange);
        // Then
        assertThat(tables.commands())
                .filteredOn(row -> row.get("id").equals(strange.id()))
                .singleElement()
                .satisfies(row -> assertThat(row.get("reason")).isEqualTo("a\uFFFDb"));
    }

    @Test
    void A75_no_token_and_no_argument_stands_in_the_database() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        log.succeeded(command, "{\"password\":\"canary-7f3a\"}");
        awaitCaughtUp(one, log.append(ada));
        // When
        await().atMost(SOON).until(() -> tables.count("id = '" + command.id() + "' and outcome is not null") == 1);
        Map<String, String> row = tables.commands().stream()
                .filter(candidate -> candidate.get("id").equals(command.id()))
                .findFirst()
                .orElseThrow();
        // Then
        assertThat(row.toString()).doesNotContain("canary-7f3a").doesNotContain("blocked");
        assertThat(row.get("result").split("\\.")).hasSize(5);
        assertThat(row.keySet()).doesNotContain("token", "arguments");
    }
}
