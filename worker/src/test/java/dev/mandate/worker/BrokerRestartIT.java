package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Rig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ConfigurableApplicationContext;

/** The broker goes away and comes back while commands are being worked on. */
class BrokerRestartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Rig rig;

    @BeforeEach
    void start() {
        rig = Rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void the_worker_goes_on_by_itself_and_nothing_is_lost_or_doubled() {
        // Given calls that are on their way
        ConfigurableApplicationContext worker = rig.startWorker(
                "worker-1",
                Map.of("mandate.authorization.facts-max-age", "5m", "mandate.execution.call-timeout", "30s"));
        rig.tap().outcome(rig.intake().send(rename(DemoSeed.GUS, 0)));
        int hold = rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.Hold())
                        .on("PATCH", "/api/v2/users/*")
                        .always());
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            commands.add(rig.intake().send(rename(DemoSeed.crowd(i % 10), i)));
        }
        await().atMost(PATIENCE).until(() -> writes().size() == 1 + 10);

        // When the broker is away while they end, and comes back
        Rig.stopBroker();
        rig.simulator().faults().remove(hold);
        await().atMost(PATIENCE)
                .until(() -> writes().stream().allMatch(write -> write.status().isPresent()));
        Rig.startBroker();
        for (int i = 0; i < 10; i++) {
            commands.add(rig.intake().send(rename(DemoSeed.crowd(i), 40 + i)));
        }

        // Then
        for (Command command : commands) {
            Outcome outcome = rig.tap().outcome(command, PATIENCE);
            assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
            assertThat(outcome.authorization()).isPresent();
        }
        assertThat(commands).allSatisfy(command -> {
            assertThat(rig.tap().outcomes(command.id())).hasSize(1);
            assertThat(rig.tap().repeats(command.id())).isEmpty();
        });
        Map<String, Long> writes = writes().stream()
                .collect(Collectors.groupingBy(write -> write.correlationId().orElse(""), Collectors.counting()));
        assertThat(writes)
                .hasSize(1 + commands.size())
                .allSatisfy((id, count) -> assertThat(count).isEqualTo(1));
        assertThat(rig.tap().mistrusted()).isEmpty();
        assertThat(worker.getBean(ApplicationAvailability.class).getLivenessState())
                .isEqualTo(LivenessState.CORRECT);
    }

    private List<SeenRequest> writes() {
        return rig.simulator().journal().managementWrites();
    }

    private Command rename(String user, int number) {
        return rig.intake()
                .command(
                        DemoSeed.ADA,
                        "users.update",
                        "{\"id\":\"" + user + "\",\"body\":{\"nickname\":\"n" + number + "\"}}");
    }
}
