package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.journal.Started;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Rig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Kafka fences what a worker writes, not what it calls: what a worker does that others take for dead. */
class ZombieIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    void A71_what_waits_its_turn_is_not_called_any_more_once_its_partition_is_another_workers() {
        // Given commands in every partition, and a worker whose places are taken by calls that don't end
        int hold = rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.Hold())
                        .on("PATCH", "/api/v2/users/*")
                        .times(2));
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            commands.add(rig.intake().send(rename(DemoSeed.crowd(i), "Waiting")));
        }
        rig.startWorker(
                "worker-1",
                Map.of(
                        "mandate.consumption.concurrency", "2",
                        "mandate.consumption.drain", "0s",
                        "mandate.authorization.facts-max-age", "5m",
                        "mandate.execution.call-timeout", "20s"));
        await().atMost(PATIENCE)
                .until(() -> rig.simulator().journal().managementWrites().size() == 2);
        List<Command> waiting =
                commands.stream().filter(command -> writes(command).isEmpty()).toList();

        // When another worker takes some of them over and does them, and then there are places again
        rig.startWorker("worker-2", Map.of("mandate.authorization.facts-max-age", "5m"));
        await().atMost(PATIENCE)
                .until(() ->
                        waiting.stream().anyMatch(command -> outcome(command).isPresent()));
        rig.simulator().faults().remove(hold);
        waiting.forEach(command -> rig.tap().outcome(command, PATIENCE));

        // Then nothing was done twice
        assertThat(waiting).hasSizeGreaterThan(20).allSatisfy(command -> {
            assertThat(outcome(command).map(Outcome::status)).contains(OutcomeStatus.SUCCEEDED);
            assertThat(writes(command)).hasSize(1);
        });
        assertThat(waiting.stream()
                        .map(command -> outcome(command).map(Outcome::worker))
                        .distinct())
                .as("both had their share")
                .hasSize(2);
    }

    @Test
    void A71_a_call_of_unknown_fate_is_let_end_before_anything_is_done_to_its_target() {
        // Given a worker that goes away while its call is on its way, and another command for the same target
        var abrupt = Map.of(
                "mandate.consumption.drain", "0s",
                "mandate.execution.begin-within", "5s",
                "mandate.execution.call-timeout", "15s");
        ConfigurableApplicationContext first = rig.startWorker("worker-1", abrupt);
        int hold = rig.simulator().faults().inject(Fault.once(new Effect.Hold()).on("POST", "/api/v2/tickets/*"));
        Command held = rig.intake()
                .send(rig.intake()
                        .command(
                                DemoSeed.ADA,
                                "tickets.changePassword",
                                "{\"body\":{\"user_id\":\"" + DemoSeed.UMA + "\"}}"));
        await().atMost(PATIENCE).until(() -> writes(held).size() == 1);
        rig.stopWorker(first);
        rig.simulator().faults().remove(hold);
        Command next = rig.intake().send(rename(DemoSeed.UMA, "Next"));
        Command elsewhere = rig.intake().send(rename(DemoSeed.GUS, "Elsewhere"));

        // When
        rig.startWorker("worker-2", abrupt);

        // Then the target is left alone for as long as that call can take, and only it
        assertThat(rig.tap().outcome(next, PATIENCE).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.tap().outcome(held).status()).as("as Auth0's log shows").isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.tap().outcome(elsewhere).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        Instant over = lastStart(held).plus(Duration.ofSeconds(20));
        assertThat(end(held)).isAfterOrEqualTo(over);
        assertThat(lastStart(next)).isAfterOrEqualTo(over);
        assertThat(end(elsewhere)).as("what is for another target").isBefore(lastStart(next));
    }

    @Test
    void a_call_that_can_not_begin_in_time_is_journaled_as_started_anew_and_never_made() {
        // Given a worker that is always too late
        rig.startWorker("worker-1", Map.of("mandate.execution.begin-within", "-1s"));

        // When
        Command command = rig.intake().send(rename(DemoSeed.UMA, "Late"));

        // Then
        await().atMost(PATIENCE).until(() -> rig.tap().starts(command.id()).size() >= 3);
        assertThat(rig.tap().starts(command.id())).extracting(Started::attempt).startsWith(1, 2, 3);
        assertThat(writes(command)).isEmpty();
    }

    private Instant lastStart(Command command) {
        return appended(command, Started.class);
    }

    private Instant end(Command command) {
        return appended(command, Outcome.class);
    }

    private Instant appended(Command command, Class<? extends JournalEvent> kind) {
        return rig.tap().statements(command.id()).stream()
                .filter(one -> kind.isInstance(one.statement().event()))
                .map(ReceivedStatement::appendedAt)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private Optional<Outcome> outcome(Command command) {
        return rig.tap().outcomes(command.id()).stream().findFirst();
    }

    private List<SeenRequest> writes(Command command) {
        Stream<SeenRequest> all = rig.simulator().journal().managementWrites().stream();
        return all.filter(write ->
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
