package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.journal.StepStatus;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.worker.time.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition is lost while a call is on its way, and comes back. */
class LeftoversTest {

    private static final String US = "worker-1/1";
    private static final CallWindow WINDOW =
            new CallWindow(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ZERO);

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-25T12:00:00Z"));
    private final Leftovers leftovers = new Leftovers(US, clock);
    private final JournalIndex read = new JournalIndex();
    private Job again;
    private Call call;

    @BeforeEach
    void lost_and_regained() {
        OwnedPartition before = Jobs.home(new JournalIndex(), clock.instant());
        Job job = new Jobs(directory, clock).next(before);
        job.decided(Optional.of(decision(job)), Optional.empty());
        call = new Call(job, Stopwatch.start(clock), WINDOW, clock);
        job.call(call);
        leftovers.keep(before);
        again = Jobs.again(job, Jobs.home(read, clock.instant()));
    }

    @Test
    void a_call_goes_on_when_nobody_else_has_made_an_attempt() {
        started(1, US);

        assertThat(leftovers.take(again)).containsSame(call);
        assertThat(leftovers.take(again)).as("only once").isEmpty();
    }

    @Test
    void a_job_that_goes_on_with_a_call_goes_on_with_the_decision_that_the_call_was_made_by() {
        started(1, US);
        assertThat(again.authorization()).isEmpty();

        leftovers.take(again).orElseThrow().handTo(again);

        assertThat(again.call()).containsSame(call);
        assertThat(again.authorization()).contains(decision(again));
    }

    @Test
    void a_job_that_goes_on_with_a_call_is_in_doubt_only_if_it_was_when_the_call_was_made() {
        started(1, US);
        again.inDoubt();

        leftovers.take(again).orElseThrow().handTo(again);

        assertThat(again.doubt()).isFalse();

        // And one that was
        again.inDoubt();
        new Call(again, Stopwatch.start(clock), WINDOW, clock).handTo(again);
        assertThat(again.doubt()).isTrue();
    }

    @Test
    void what_comes_of_a_call_says_nothing_once_another_worker_has_made_an_attempt() {
        started(1, US);
        started(2, "worker-2/1");

        assertThat(leftovers.take(again)).isEmpty();
    }

    @Test
    void what_comes_of_a_call_says_nothing_once_an_earlier_run_of_this_worker_is_what_the_journal_names() {
        started(1, "worker-1/0");

        assertThat(leftovers.take(again)).isEmpty();
    }

    @Test
    void what_comes_of_a_call_says_nothing_if_somebody_may_have_made_an_attempt() {
        started(1, US);
        read.distrust(again.received().command().id(), clock.instant());

        assertThat(leftovers.take(again)).isEmpty();
    }

    @Test
    void what_comes_of_a_macros_step_says_nothing_of_the_next_one() {
        started(1, US);
        var done = new StepOutcome(
                "users.update", StepStatus.SUCCEEDED, 1, Optional.empty(), Optional.empty(), Optional.empty());
        again.at(Optional.of(new StepStarted(1, "userBlocks.delete", List.of(done))));

        assertThat(leftovers.take(again)).isEmpty();
    }

    @Test
    void a_call_whose_partition_has_been_away_for_long_is_not_kept() {
        started(1, US);

        clock.move(Leftovers.KEPT.plusSeconds(1));

        assertThat(leftovers.take(again)).isEmpty();
    }

    @Test
    void a_call_that_is_kept_does_not_keep_the_partition_that_was_lost() {
        assertThat(Call.class.getDeclaredFields())
                .extracting(field -> (Object) field.getType())
                .doesNotContain(OwnedPartition.class, Job.class, JournalIndex.class);
    }

    @Test
    void a_partition_that_was_lost_holds_nothing_more_whoever_still_holds_it() {
        OwnedPartition lost = Jobs.home(new JournalIndex(), clock.instant());
        JournalIndex known = lost.index();
        new Jobs(directory, clock).next(lost);

        lost.leave();

        assertThat(lost.jobs()).isEmpty();
        assertThat(lost.openJobs(Topics.COMMANDS)).isEmpty();
        assertThat(lost.index()).isNotSameAs(known);
    }

    private static Authorization decision(Job job) {
        return job.received().command().authorization();
    }

    private void started(int attempt, String worker) {
        read.read(
                Jobs.said(new Started(Jobs.reference(again), attempt, worker, 0), clock.instant()),
                Map.of(Topics.COMMANDS, 0L));
    }
}
