package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.journal.Started;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.rig.Rig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** One target that is commanded through both lanes, while workers come and go. */
class TwoLanesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TARGETS = 24;
    private static final Duration BEGIN_WITHIN = Duration.ofSeconds(5);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

    /** Nothing is waited for, so what runs is cut off as if the process had died. */
    private static final Map<String, String> ABRUPT = Map.of(
            "mandate.consumption.drain", "0s",
            "mandate.execution.begin-within", BEGIN_WITHIN.toSeconds() + "s",
            "mandate.execution.call-timeout", CALL_TIMEOUT.toSeconds() + "s");

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
    void an_interactive_command_waits_for_a_lost_workers_bulk_call_to_its_target() {
        // Given a worker that goes away while its bulk call is on its way, which Auth0 does later than anybody hoped
        ConfigurableApplicationContext first = rig.startWorker("worker-1", ABRUPT);
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.Delay(CALL_TIMEOUT.minusSeconds(1)))
                        .on("PATCH", "/api/v2/users/" + DemoSeed.UMA));
        Command bulk = rig.intake().send(Commands.bulk(rename(DemoSeed.UMA, "Bulk")));
        await().atMost(PATIENCE).until(() -> writes(bulk).size() == 1);
        rig.stopWorker(first);

        // When another one takes over, and the help desk wants something with the same target
        Command urgent = rig.intake().send(rename(DemoSeed.UMA, "Urgent"));
        rig.startWorker("worker-2", ABRUPT);

        // Then its call comes when the other one is over, and by the journal can't be on its way any more
        assertThat(rig.tap().outcome(urgent, PATIENCE).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(writes(bulk).getFirst().decidedAt())
                .as("the lost worker's call is over")
                .hasValueSatisfying(at -> assertThat(writes(urgent))
                        .singleElement()
                        .satisfies(write -> assertThat(write.at()).isAfterOrEqualTo(at)));
        Instant over =
                appended(bulk, Started.class).getFirst().plus(BEGIN_WITHIN).plus(CALL_TIMEOUT);
        assertThat(appended(urgent, Started.class))
                .singleElement()
                .satisfies(at -> assertThat(at).isAfterOrEqualTo(over));
        assertThat(rig.tap().outcome(bulk, PATIENCE).attempt()).isEqualTo(2);
    }

    @Test
    void two_workers_that_share_both_lanes_call_no_target_twice_at_the_same_time_while_they_come_and_go() {
        // Given
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.Delay(Duration.ofMillis(50)))
                        .on("PATCH", "/api/v2/users/*")
                        .always());
        Map<String, String> usual = Map.of("mandate.authorization.facts-max-age", "30s");
        ConfigurableApplicationContext first = rig.startWorker("worker-1", usual);

        // When
        List<Command> commands = new ArrayList<>(sendThroughBothLanes());
        rig.startWorker("worker-2", usual);
        await().atMost(PATIENCE.multipliedBy(2)).until(() -> {
            List<Command> round = sendThroughBothLanes();
            commands.addAll(round);
            return workers(round).size() == 2;
        });
        commands.addAll(sendThroughBothLanes());
        rig.stopWorker(first);
        commands.addAll(sendThroughBothLanes());

        // Then
        assertThat(commands)
                .allSatisfy(command -> assertThat(
                                rig.tap().outcome(command, PATIENCE).status())
                        .isEqualTo(OutcomeStatus.SUCCEEDED));
        Map<String, List<SeenRequest>> byTarget = rig.simulator().journal().managementWrites().stream()
                .collect(Collectors.groupingBy(SeenRequest::decodedPath));
        assertThat(byTarget).hasSize(TARGETS).allSatisfy((target, writes) -> {
            for (int i = 1; i < writes.size(); i++) {
                assertThat(writes.get(i).at())
                        .isAfterOrEqualTo(writes.get(i - 1).decidedAt().orElseThrow());
            }
        });
    }

    private Set<String> workers(List<Command> commands) {
        return commands.stream()
                .map(command -> rig.tap().outcome(command, PATIENCE).worker())
                .collect(Collectors.toSet());
    }

    private List<Command> sendThroughBothLanes() {
        List<Command> sent = new ArrayList<>();
        for (int i = 0; i < TARGETS; i++) {
            sent.add(rig.intake().send(Commands.bulk(rename(DemoSeed.crowd(i), "Bulk"))));
            sent.add(rig.intake().send(rename(DemoSeed.crowd(i), "Urgent")));
        }
        return sent;
    }

    private List<Instant> appended(Command command, Class<? extends JournalEvent> kind) {
        return rig.tap().statements(command.id()).stream()
                .filter(one -> kind.isInstance(one.statement().event()))
                .map(ReceivedStatement::appendedAt)
                .toList();
    }

    private List<SeenRequest> writes(Command command) {
        return rig.simulator().journal().managementWrites().stream()
                .filter(write ->
                        write.correlationId().equals(Optional.of(command.id().value())))
                .toList();
    }

    private Command rename(String user, String name) {
        return rig.intake()
                .command(
                        DemoSeed.ADA,
                        "users.update",
                        "{\"id\":\"" + user + "\",\"body\":{\"nickname\":\"" + name + "\"}}");
    }
}
