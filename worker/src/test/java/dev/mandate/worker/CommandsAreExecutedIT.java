package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Rig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class CommandsAreExecutedIT {

    private static Rig rig;
    private static ConfigurableApplicationContext worker;

    @BeforeAll
    static void start() {
        rig = Rig.start();
        worker = rig.startWorker("worker-1", Rig.WEB);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void reset() {
        rig.simulator().reset();
    }

    @Test
    void a_user_is_read_and_the_answer_is_sealed_to_the_intake() throws Exception {
        // Given
        Command command = rig.intake().command(DemoSeed.SAM, "users.get", "{\"id\":\"" + DemoSeed.UMA + "\"}");

        // When
        rig.intake().send(command);
        Outcome outcome = rig.tap().outcome(command);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.attempt()).isEqualTo(1);
        assertThat(outcome.upstream().orElseThrow().scopes()).containsExactly("read:users");
        String answer = new String(
                rig.keys()
                        .intakeOpener()
                        .open(
                                SealingContext.result(
                                        command.id().value(),
                                        command.requester().issuer(),
                                        Optional.empty(),
                                        command.subject()),
                                outcome.result().orElseThrow()),
                StandardCharsets.UTF_8);
        assertThat(answer).contains("\"email\":\"uma@acme.example\"");
    }

    @Test
    void a_user_is_blocked_with_the_fewest_scopes_and_the_commands_id_as_correlation_id() {
        // Given
        Command command = rig.intake()
                .command(DemoSeed.ADA, "users.update", "{\"id\":\"" + DemoSeed.UMA + "\",\"body\":{\"blocked\":true}}");

        // When
        rig.intake().send(command);
        Outcome outcome = rig.tap().outcome(command);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.simulator().tenant().users().isBlocked(DemoSeed.UMA)).isTrue();
        List<SeenRequest> writes = rig.simulator().journal().managementWrites();
        assertThat(writes).singleElement().satisfies(write -> {
            assertThat(write.correlationId()).contains(command.id().value());
            assertThat(write.scopes()).containsExactly("update:users");
            assertThat(write.text()).isEqualTo("{\"blocked\":true}");
        });
    }

    @Test
    void health_and_metrics_tell_the_truth_on_the_management_port() throws Exception {
        // Given
        Command command =
                rig.intake().send(rig.intake().command(DemoSeed.SAM, "users.get", "{\"id\":\"" + DemoSeed.UMA + "\"}"));
        rig.tap().outcome(command);
        String port = worker.getEnvironment().getProperty("local.management.port");

        // When
        try (HttpClient http = HttpClient.newHttpClient()) {
            String readiness = get(http, "http://127.0.0.1:" + port + "/actuator/health/readiness");
            String metrics = get(http, "http://127.0.0.1:" + port + "/actuator/prometheus");

            // Then
            assertThat(readiness).contains("\"status\":\"UP\"", "\"partitions\":" + Rig.PARTITIONS);
            assertThat(metrics)
                    .contains("mandate_outcomes_seconds_count{", "outcome=\"succeeded\"", "mandate_upstream_open")
                    .doesNotContain(DemoSeed.UMA);
        }
    }

    private static String get(HttpClient http, String uri) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
