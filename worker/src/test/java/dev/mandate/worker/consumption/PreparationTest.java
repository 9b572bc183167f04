package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.journal.JournalWriter;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.quarantine.QuarantineWriter;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.worker.execution.Backoff;
import dev.mandate.worker.journal.Journal;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.settings.ExecutionSettings;
import dev.mandate.worker.verification.Problem;
import dev.mandate.worker.verification.Verification;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The ways out before anything is begun: what they say of a repeat, and of what may have been done before. */
class PreparationTest {

    private static final Problem NO_KEYS = new Problem("token.keys_unavailable", "away");
    private static final Problem NO_ACTION = new Problem("action.unknown", "none");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path directory;

    private Optional<String> cancellation = Optional.empty();

    private final MovableClock clock = new MovableClock(NOW);
    private final JournalIndex index = new JournalIndex();
    private final OwnedPartition home = Jobs.home(index, NOW.minusSeconds(60));
    private final Workshop workshop = new Workshop(Map.of(TestCommands.TENANT, Places.FREE), 4, clock, () -> {});
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Ledger ledger = new Ledger(new Appender(() -> producer, clock));
    private final List<JournalEvent> said = new ArrayList<>();
    private LookUp.Result<CommandReference> spoken = new LookUp.Result.Nothing<>();
    private Verification.Result verdict = new Verification.Result.Undecided(NO_KEYS);
    private Jobs jobs;
    private TestKeys keys;
    private Preparation preparation;

    @BeforeEach
    void a_worker() {
        jobs = new Jobs(directory, clock);
        keys = TestKeys.in(directory.resolve("worker"), clock);
        var steps = new Steps(Catalogue.bundled());
        var journal = new Journal(
                new JournalWriter(keys.workerSigner()),
                new QuarantineWriter(keys.workerSigner()),
                new CommandIds(clock, new Random(1)),
                clock,
                "https://mandate.example/worker",
                TestCommands.ENVIRONMENT,
                "worker-1/1");
        var starts = new Starts(journal, steps, ledger);
        var metrics = new ConsumptionMetrics(new SimpleMeterRegistry());
        var endings = new Endings(
                journal,
                starts,
                steps,
                ledger,
                Jobs.doubts(workshop, metrics, clock),
                metrics,
                clock,
                job -> preparation.takeUp(job));
        var recall = new Recall(
                position -> new LookUp.Result.Nothing<>(),
                position -> spoken,
                workshop,
                endings::repeated,
                new CallWindow(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ZERO),
                clock);
        preparation = new Preparation(
                received -> verdict,
                request -> {
                    throw new IllegalStateException("Nothing gets so far");
                },
                recall,
                job -> cancellation,
                workshop,
                endings,
                new Backoff(new ExecutionSettings(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        DataSize.ofKilobytes(512),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30))),
                job -> {},
                job -> false,
                clock);
        ledger.open();
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void A30_a_repeat_whose_issuer_is_away_until_its_deadline_is_a_repeat_and_gets_no_outcome() {
        // Given a command that has ended, and another record of it
        Command command = command();
        Job first = jobs.next(home, command);
        index.ended(Jobs.reference(first), command.context().requestHash(), 1, NOW);
        home.release(first);
        Job later = jobs.next(
                home,
                Commands.times(command, command.issuedAt(), command.deadline().plusSeconds(1)));

        // When
        preparation.takeUp(later);
        awaitItsDeadline(later);

        // Then
        assertThat(said).singleElement().isInstanceOf(Repeat.class);
    }

    @Test
    void a_repeat_of_a_command_of_which_the_journal_was_only_heard_to_speak_is_a_repeat_and_gets_no_outcome() {
        // Given a record of a command that had ended, and another of it
        verdict = new Verification.Result.Wrong(NO_ACTION);
        Command command = command();
        Job first = jobs.next(home, command);
        home.release(first);
        index.heard(Jobs.mention(command.id(), 7, NOW), NOW);
        spoken = new LookUp.Result.Found<>(Jobs.reference(first));

        // When
        preparation.takeUp(jobs.next(home, command));
        awaitWord();

        // Then
        assertThat(said).singleElement().isInstanceOf(Repeat.class);
    }

    @Test
    void what_may_have_been_done_does_not_expire_when_its_issuer_stays_away() {
        Job job = distrusted();

        preparation.takeUp(job);
        awaitItsDeadline(job);

        assertUnknown();
    }

    @Test
    void what_may_have_been_done_is_not_denied_when_it_turns_out_wrong() {
        verdict = new Verification.Result.Wrong(NO_ACTION);

        preparation.takeUp(distrusted());
        awaitWord();

        assertUnknown();
    }

    @Test
    void what_may_have_been_done_is_not_quarantined() {
        verdict = new Verification.Result.Untrusted(new RejectedException(RejectionCode.CLAIMS_MALFORMED, "bad"));

        preparation.takeUp(distrusted());
        awaitWord();

        assertUnknown();
    }

    @Test
    void what_is_announced_together_with_its_outcome_is_not_dropped_when_the_partition_is_given_back() {
        // Given
        verdict = new Verification.Result.Wrong(NO_ACTION);
        preparation.takeUp(distrusted());
        await().until(() -> {
            clock.move(Duration.ofSeconds(1));
            workshop.turn();
            return !ledger.isEmpty();
        });

        // When
        ledger.dropStarts(home);
        awaitWord();

        // Then
        assertUnknown();
    }

    @Test
    void what_is_called_off_before_it_is_begun_is_cancelled() {
        // Given
        cancellation = Optional.of("sha-256:cancellation");

        // When
        preparation.decide(jobs.next(home, command()));
        awaitWord();

        // Then
        assertThat(said).singleElement().isInstanceOfSatisfying(Outcome.class, outcome -> {
            assertThat(outcome.status()).isEqualTo(OutcomeStatus.CANCELLED);
            assertThat(outcome.cancellation()).isEqualTo(cancellation);
        });
    }

    private Job distrusted() {
        Job job = jobs.next(home, command());
        index.distrust(job.received().command().id(), NOW);
        return job;
    }

    private Command command() {
        return TestCommands.blockUser("auth0|uma", TestCommands.requester("https://people.example/", List.of()), clock);
    }

    private void awaitItsDeadline(Job job) {
        await().until(() -> {
            workshop.turn();
            return job.stage() == Job.Stage.WAITING && job.obstacle().isPresent();
        });
        clock.move(Duration.between(clock.instant(), job.deadline()).plusSeconds(1));
        awaitWord();
    }

    /** Until the loop has something to append, and has appended it. */
    private void awaitWord() {
        await().until(() -> {
            clock.move(Duration.ofSeconds(1));
            workshop.turn();
            return !ledger.isEmpty();
        });
        ledger.commit(List.of(home), new MockConsumer<byte[], byte[]>("earliest").groupMetadata());
        producer.history().forEach(record -> said.add(read(record)));
    }

    private JournalEvent read(ProducerRecord<byte[], byte[]> record) {
        List<LogRecord.Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new LogRecord.Header(header.key(), header.value())));
        var found = new LogRecord(
                new LogRecord.Position(record.topic(), record.partition(), 0),
                clock.instant(),
                record.key(),
                record.value(),
                headers);
        try {
            return new JournalReader(keys.verifier(), TestCommands.ENVIRONMENT)
                    .read(found)
                    .statement()
                    .event();
        } catch (RejectedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertUnknown() {
        assertThat(said).hasSize(2);
        assertThat(said.getFirst()).isInstanceOf(Started.class);
        assertThat(said.getLast()).isInstanceOfSatisfying(Outcome.class, outcome -> {
            assertThat(outcome.status()).isEqualTo(OutcomeStatus.UNKNOWN);
            assertThat(outcome.error().orElseThrow().code()).isEqualTo("journal.untrusted");
        });
    }
}
