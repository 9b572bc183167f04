package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.rig.Intake;
import dev.mandate.worker.rig.Rig;
import dev.mandate.worker.rig.Withdrawals;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What people call off: before it is begun it is not done, and after that it goes on. */
class CancellationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<String, String> USUAL = Map.of("mandate.authorization.facts-max-age", "30s");
    private static final Map<String, String> ABRUPT =
            Map.of("mandate.authorization.facts-max-age", "30s", "mandate.consumption.drain", "0s");

    private Rig rig;
    private Withdrawals withdrawals;

    @BeforeEach
    void start() {
        rig = Rig.start();
        withdrawals = new Withdrawals(rig);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_command_that_is_called_off_before_it_is_begun_is_cancelled_and_one_that_was_begun_goes_on() {
        // Given
        ConfigurableApplicationContext worker = rig.startWorker("worker-1", USUAL);
        int hold = hold();
        Command begun = rig.intake().send(rename("Begun"));
        Command waiting = rig.intake().send(rename("Waiting"));
        Command other = rig.intake().send(rename("Other"));
        rig.tap().started(begun);

        // When
        String token = rig.intake().token(DemoSeed.ADA);
        send(withdrawals.command(token, begun));
        OutgoingRecord cancellation = withdrawals.command(token, waiting);
        send(cancellation);
        awaitKnown(worker, 2);
        rig.simulator().faults().remove(hold);

        // Then
        Outcome cancelled = rig.tap().outcome(waiting);
        assertThat(cancelled.status()).isEqualTo(OutcomeStatus.CANCELLED);
        assertThat(cancelled.attempt()).isZero();
        assertThat(cancelled.cancellation()).contains(cancellation.payloadHash());
        assertThat(cancelled.error()).map(OutcomeError::code).contains("command.cancelled");
        assertThat(rig.tap().outcome(begun).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.tap().outcome(other).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.tap().events(waiting.id())).hasSize(1);
        assertThat(calls()).containsExactly(begun.id().value(), other.id().value());
    }

    @Test
    void of_a_batch_that_is_called_off_the_remainder_is_cancelled_and_nothing_of_others() {
        // Given
        ConfigurableApplicationContext worker = rig.startWorker("worker-1", USUAL);
        CommandId batch = Withdrawals.id();
        int hold = hold();
        List<Command> lines = IntStream.range(0, 5)
                .mapToObj(number -> rig.intake().send(line(batch, "Line " + number)))
                .toList();
        Command others = rig.intake().send(line(Withdrawals.id(), "Another batch"));
        rig.tap().started(lines.getFirst());

        // When
        send(withdrawals.batch(rig.intake().token(DemoSeed.ADA), batch));
        awaitKnown(worker, 1);
        rig.simulator().faults().remove(hold);
        Command late = rig.intake().send(line(batch, "Late"));

        // Then
        assertThat(rig.tap().outcome(lines.getFirst()).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(lines.subList(1, 5))
                .allSatisfy(line -> assertThat(rig.tap().outcome(line).status()).isEqualTo(OutcomeStatus.CANCELLED));
        assertThat(rig.tap().outcome(others).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.tap().outcome(late).status()).isEqualTo(OutcomeStatus.CANCELLED);
        assertThat(calls())
                .containsExactly(lines.getFirst().id().value(), others.id().value());
    }

    @Test
    void what_is_decided_and_waits_for_a_place_is_called_off_as_well() {
        // Given more lines than there are places, all of them there before the worker; for people of whom no other test
        // has left anything unended, since this worker would wait for that longer than this test does
        CommandId batch = Withdrawals.id();
        int hold = rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.Hold())
                        .on("PATCH", "/api/v2/users/*")
                        .always());
        List<Command> lines = IntStream.range(0, 10)
                .mapToObj(number -> rig.intake().send(line(batch, somebodyNew(), "Line " + number)))
                .toList();
        ConfigurableApplicationContext worker = rig.startWorker(
                "worker-1",
                Map.of(
                        "mandate.authorization.facts-max-age",
                        "10m",
                        "mandate.consumption.concurrency",
                        "4",
                        "mandate.execution.begin-within",
                        "1m",
                        "mandate.execution.call-timeout",
                        "2m"));
        await().atMost(PATIENCE).until(() -> begun(lines).size() == 3);

        // When
        send(withdrawals.batch(rig.intake().token(DemoSeed.ADA), batch));
        awaitKnown(worker, 1);
        rig.simulator().faults().remove(hold);
        lines.forEach(line -> rig.tap().outcome(line));

        // Then
        assertThat(begun(lines)).hasSize(3);
        assertThat(lines)
                .allSatisfy(line -> assertThat(rig.tap().outcome(line).status())
                        .isEqualTo(begun(lines).contains(line) ? OutcomeStatus.SUCCEEDED : OutcomeStatus.CANCELLED));
    }

    @Test
    void a_worker_that_comes_later_knows_what_was_called_off_before() {
        // Given
        Command command = rig.intake().send(rename("Called off"));
        send(withdrawals.command(rig.intake().token(DemoSeed.ADA), command));

        // When
        rig.startWorker("worker-1", USUAL);

        // Then
        assertThat(rig.tap().outcome(command).status()).isEqualTo(OutcomeStatus.CANCELLED);
        assertThat(rig.tap().starts(command.id())).isEmpty();
    }

    @Test
    void what_another_worker_had_begun_is_not_cancelled() {
        // Given
        ConfigurableApplicationContext first = rig.startWorker("worker-1", ABRUPT);
        int hold = hold();
        Command begun = rig.intake().send(rename("Begun"));
        rig.tap().started(begun);
        rig.stopWorker(first);
        send(withdrawals.command(rig.intake().token(DemoSeed.ADA), begun));
        rig.simulator().faults().remove(hold);

        // When
        rig.startWorker("worker-1", ABRUPT);
        Outcome outcome = rig.tap().outcome(begun);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.attempt()).isEqualTo(2);
    }

    @Test
    void nobody_calls_off_what_somebody_else_asked_for() {
        // Given cancellations by another person, under the requester's name with another's token, and of another key
        Command command = rename("Ada's");
        String ada = rig.intake().token(DemoSeed.ADA);
        String sam = rig.intake().token(DemoSeed.SAM);
        Cancellation disguised =
                Withdrawals.of(command, Intake.claims(ada), rig.intake().requester(sam, Intake.claims(sam)));
        OutgoingRecord genuine = withdrawals.command(ada, command);
        send(withdrawals.command(sam, command));
        send(withdrawals.sign(disguised));
        rig.intake()
                .send(
                        genuine.bind().topic(),
                        (genuine.bind().partition() + 1) % Rig.PARTITIONS,
                        genuine.bind().key().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        genuine.value(),
                        genuine.headers());
        rig.intake().send(command);

        // When
        ConfigurableApplicationContext worker = rig.startWorker("worker-1", USUAL);

        // Then
        assertThat(rig.tap().outcome(command).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(refused(worker, "token.invalid")).isEqualTo(1);
        assertThat(refused(worker, "bind.mismatch")).isEqualTo(1);
    }

    private void send(OutgoingRecord record) {
        rig.intake().send(record);
    }

    private int hold() {
        return rig.simulator().faults().inject(Fault.once(new Effect.Hold()).on("PATCH", "/api/v2/users/*"));
    }

    private static void awaitKnown(ConfigurableApplicationContext worker, int count) {
        MeterRegistry meters = worker.getBean(MeterRegistry.class);
        await().atMost(PATIENCE)
                .until(() -> meters.get("mandate.cancellations").gauge().value() >= count);
    }

    private static double refused(ConfigurableApplicationContext worker, String reason) {
        return worker.getBean(MeterRegistry.class)
                .get("mandate.cancellations.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private List<String> calls() {
        return rig.simulator().journal().managementWrites().stream()
                .map(SeenRequest::correlationId)
                .map(id -> id.orElse(""))
                .toList();
    }

    private List<Command> begun(List<Command> commands) {
        return commands.stream()
                .filter(command -> !rig.tap().starts(command.id()).isEmpty())
                .toList();
    }

    private String somebodyNew() {
        String id = "auth0|" + UUID.randomUUID();
        rig.simulator()
                .tenant()
                .users()
                .add(
                        StrictJson.object().put("user_id", id).put("email", UUID.randomUUID() + "@acme.example"),
                        Optional.empty());
        return id;
    }

    private Command rename(String name) {
        return rename(DemoSeed.UMA, name);
    }

    private Command rename(String user, String name) {
        return rig.intake()
                .command(
                        DemoSeed.ADA, "users.update", "{\"id\":\"" + user + "\",\"body\":{\"name\":\"" + name + "\"}}");
    }

    private Command line(CommandId batch, String name) {
        return line(batch, DemoSeed.UMA, name);
    }

    private Command line(CommandId batch, String user, String name) {
        return Commands.transaction(Commands.bulk(rename(user, name)), batch);
    }
}
