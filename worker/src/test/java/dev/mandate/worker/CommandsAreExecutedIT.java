package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Rig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandsAreExecutedIT {

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.start();
        rig.startWorker();
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
                                SealingContext.result(command.id().value()),
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
}
