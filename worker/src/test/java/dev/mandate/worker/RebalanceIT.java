package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Rig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Workers come and go under load, and every command still has exactly one outcome. */
class RebalanceIT {

    private static final Map<String, String> USUAL = Map.of("mandate.authorization.facts-max-age", "30s");

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
    void two_workers_share_the_partitions_and_hand_them_over_without_losing_or_doubling_anything() {
        // Given
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.Delay(Duration.ofMillis(30)))
                        .on("PATCH", "/api/v2/users/*")
                        .always());
        ConfigurableApplicationContext first = rig.startWorker("worker-1", USUAL);
        List<Command> commands = new ArrayList<>();

        // When
        send(commands, 80);
        rig.startWorker("worker-2", USUAL);
        send(commands, 80);
        rig.stopWorker(first);
        send(commands, 80);
        ConfigurableApplicationContext third = rig.startWorker("worker-1", USUAL);
        send(commands, 80);
        Set<String> workers = new HashSet<>();
        for (Command command : commands) {
            Outcome outcome = rig.tap().outcome(command, Duration.ofSeconds(60));
            assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
            workers.add(outcome.worker());
        }

        // Then
        assertThat(workers.size()).isGreaterThanOrEqualTo(2);
        assertThat(commands).allSatisfy(command -> {
            assertThat(rig.tap().outcomes(command.id())).hasSize(1);
            assertThat(rig.tap().repeats(command.id())).isEmpty();
        });
        Map<String, Long> writes = rig.simulator().journal().managementWrites().stream()
                .collect(Collectors.groupingBy(write -> write.correlationId().orElse(""), Collectors.counting()));
        assertThat(writes)
                .hasSize(commands.size())
                .allSatisfy((id, count) -> assertThat(count).isEqualTo(1));
        assertThat(rig.tap().mistrusted()).isEmpty();
        assertThat(third.isRunning()).isTrue();
    }

    private void send(List<Command> into, int count) {
        for (int i = 0; i < count; i++) {
            into.add(rig.intake()
                    .send(rig.intake()
                            .command(
                                    DemoSeed.ADA,
                                    "users.update",
                                    "{\"id\":\"" + DemoSeed.crowd(into.size() % 40) + "\",\"body\":{\"nickname\":\"n"
                                            + into.size() + "\"}}")));
        }
    }
}
