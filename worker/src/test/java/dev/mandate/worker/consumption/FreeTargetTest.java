package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.topic.Lane;
import dev.mandate.worker.execution.Backoff;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.settings.ExecutionSettings;
import dev.mandate.worker.time.Countdown;
import dev.mandate.worker.time.Stopwatch;
import dev.mandate.worker.verification.Verification;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

/** When a command begins whose target somebody may still be calling on behalf of another command. */
class FreeTargetTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration L_AND_T = Duration.ofSeconds(15);
    private static final String US = "worker-1/1";
    private static final String SOMEBODY_ELSE = "worker-2/1";
    private static final String UMA = "auth0|uma";

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock(NOW);
    private final CommandIds ids = new CommandIds(clock, new SecureRandom());
    private final JournalIndex index = new JournalIndex();
    private final OwnedPartition home = Jobs.home(index, NOW);
    private final Workshop workshop = new Workshop(Map.of(TestCommands.TENANT, Places.FREE), 4, clock, () -> {});
    private final List<Job> begun = new ArrayList<>();
    private final List<Job> resumed = new ArrayList<>();
    private boolean hasCallLeft;
    private Preparation preparation;
    private Jobs jobs;

    @BeforeEach
    void a_worker_that_has_read_the_journal_back() {
        jobs = new Jobs(directory, clock);
        var steps = new Steps(Catalogue.bundled());
        var ledger = new Ledger(new Appender(
                () -> {
                    throw new IllegalStateException("Nothing is appended");
                },
                clock));
        var journal = jobs.journal(ids, US);
        var metrics = new ConsumptionMetrics(new SimpleMeterRegistry());
        var endings = new Endings(
                journal,
                new Starts(journal, steps, ledger),
                steps,
                ledger,
                Jobs.doubts(workshop, metrics, clock),
                metrics,
                clock,
                job -> preparation.takeUp(job));
        preparation = new Preparation(
                received -> new Verification.Result.Right(Jobs.request(received)),
                request -> new Decider.Result.Ready(
                        request.received().command().authorization(),
                        new Countdown(Stopwatch.start(clock), Duration.ofDays(1))),
                new Recall(
                        position -> new LookUp.Result.Nothing<>(),
                        position -> new LookUp.Result.Nothing<>(),
                        workshop,
                        endings::repeated,
                        new CallWindow(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ZERO),
                        clock),
                job -> Optional.empty(),
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
                begun::add,
                job -> hasCallLeft && resumed.add(job),
                clock);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void a_command_begins_when_a_call_for_its_target_that_was_begun_in_the_other_lane_is_over(Lane lane) {
        // Given
        Job job = jobs.next(home, in(lane, block(UMA)));
        startedInTheOtherLane(job, ids.next(), SOMEBODY_ELSE, NOW);

        // When, then
        preparation.takeUp(job);
        assertBeginsOnlyAfter(L_AND_T, job);
    }

    @Test
    void a_call_from_an_earlier_time_goes_on_when_one_that_another_worker_began_since_is_over() {
        // Given our own call, and another worker's for another command of the target
        hasCallLeft = true;
        Job job = jobs.next(home, block(UMA));
        started(job.key(), Jobs.reference(job), US, NOW.minusSeconds(60));
        startedInTheOtherLane(job, ids.next(), SOMEBODY_ELSE, NOW.minusSeconds(5));

        // When
        preparation.takeUp(job);

        // Then
        await().until(() -> turned() && job.stage() == Job.Stage.WAITING);
        clock.move(L_AND_T.minusSeconds(6));
        workshop.turn();
        assertThat(resumed).isEmpty();
        clock.move(Duration.ofSeconds(1));
        workshop.turn();
        assertThat(resumed).containsExactly(job);
        assertThat(begun).isEmpty();
    }

    @Test
    void a_record_that_can_not_be_trusted_may_have_begun_a_call_for_its_target() {
        Job job = jobs.next(home, block(UMA));
        index.begun(job.key(), ids.next(), NOW);

        preparation.takeUp(job);
        assertBeginsOnlyAfter(L_AND_T, job);
    }

    @Test
    void what_only_reads_begins_at_once() {
        Job job = jobs.next(home, command("users.get", UMA));
        startedInTheOtherLane(job, ids.next(), SOMEBODY_ELSE, NOW);

        preparation.takeUp(job);
        assertBeginsAtOnce(job);
    }

    @Test
    void a_command_for_another_target_begins_at_once() {
        Job job = jobs.next(home, block("auth0|gus"));
        startedInTheOtherLane(jobs.next(home, block(UMA)), ids.next(), SOMEBODY_ELSE, NOW);

        preparation.takeUp(job);
        assertBeginsAtOnce(job);
    }

    @Test
    void a_command_begins_at_once_when_the_other_one_has_its_outcome() {
        Job job = jobs.next(home, block(UMA));
        CommandReference other = startedInTheOtherLane(job, ids.next(), SOMEBODY_ELSE, NOW);
        index.ended(other, "hash", 1, NOW);

        preparation.takeUp(job);
        assertBeginsAtOnce(job);
    }

    private void assertBeginsOnlyAfter(Duration wait, Job job) {
        await().until(() -> turned() && job.stage() == Job.Stage.WAITING);
        clock.move(wait.minusSeconds(1));
        workshop.turn();
        assertThat(job.stage()).isEqualTo(Job.Stage.WAITING);
        clock.move(Duration.ofSeconds(1));
        assertBeginsAtOnce(job);
    }

    private void assertBeginsAtOnce(Job job) {
        await().until(() -> turned() && !begun.isEmpty());
        assertThat(begun).containsExactly(job);
    }

    private boolean turned() {
        workshop.turn();
        return true;
    }

    private CommandReference startedInTheOtherLane(Job job, CommandId id, String worker, Instant at) {
        Lane other = job.lane() == Lane.BULK ? Lane.INTERACTIVE : Lane.BULK;
        var reference = new CommandReference(id, "sha-256:x", other.topic(), 0, 7);
        started(job.key(), reference, worker, at);
        return reference;
    }

    private void started(String key, CommandReference reference, String worker, Instant at) {
        index.read(Jobs.said(new Started(reference, 1, worker, 0), key, at), Map.of());
    }

    private Command block(String user) {
        return command("users.update", user);
    }

    private Command command(String action, String user) {
        return TestCommands.command(
                action,
                "{\"id\":\"" + user + "\"}",
                TestCommands.requester("https://people.example/", List.of()),
                clock);
    }

    private static Command in(Lane lane, Command command) {
        return lane == Lane.BULK ? Commands.bulk(command) : command;
    }

    /** What the verification would hand on; nothing here looks at the tenant. */
}
