package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.journal.StepStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsTest {

    @TempDir
    Path directory;

    private final Steps steps = new Steps(Catalogue.bundled());

    @Test
    void a_plain_operation_has_neither_steps_nor_lines() {
        Job job = job("users.update", "{\"id\":\"auth0|uma\",\"body\":{\"blocked\":true}}");
        begin(job, 1);

        assertThat(steps.next(job)).isEmpty();
        assertThat(lines(job, OutcomeStatus.SUCCEEDED)).isEmpty();
    }

    @Test
    void a_macro_of_which_nothing_was_begun_has_no_lines() {
        Job job = blocking();

        assertThat(steps.next(job)).contains(new StepStarted(0, "users.update", List.of()));
        assertThat(lines(job, OutcomeStatus.DENIED)).isEmpty();
        assertThat(steps.notice(job, OutcomeStatus.DENIED, Optional.empty())).isEmpty();
    }

    @Test
    void a_step_that_is_done_takes_its_attempts_and_its_doubt_with_it() {
        Job job = blocking();
        begin(job, 2);
        job.inDoubt();
        finish(job, OutcomeStatus.SUCCEEDED);

        assertThat(job.attempts()).isZero();
        assertThat(job.doubt()).isFalse();
        assertThat(job.begun()).isTrue();
        assertThat(steps.next(job)).map(StepStarted::action).contains("users.sessions.delete");
        assertThat(steps.next(job).orElseThrow().before())
                .extracting(StepOutcome::attempt)
                .containsExactly(2);
    }

    @Test
    void what_ends_between_two_steps_leaves_the_next_one_not_done() {
        Job job = blocking();
        begin(job, 1);
        finish(job, OutcomeStatus.SUCCEEDED);

        List<StepOutcome> lines = lines(job, OutcomeStatus.FAILED).orElseThrow();

        assertThat(lines)
                .extracting(StepOutcome::status)
                .containsExactly(StepStatus.SUCCEEDED, StepStatus.NOT_DONE, StepStatus.NOT_DONE);
        assertThat(Steps.lastAttempt(lines)).isEqualTo(1);
        assertThat(steps.notice(job, OutcomeStatus.FAILED, Optional.of(lines))).isPresent();
    }

    @Test
    void a_step_of_unknown_fate_makes_the_whole_unknown() {
        Job job = blocking();
        begin(job, 1);
        finish(job, OutcomeStatus.SUCCEEDED);
        begin(job, 1);

        Optional<List<StepOutcome>> lines = lines(job, OutcomeStatus.UNKNOWN);

        assertThat(lines.orElseThrow())
                .extracting(StepOutcome::status)
                .containsExactly(StepStatus.SUCCEEDED, StepStatus.UNKNOWN, StepStatus.NOT_DONE);
        assertThat(Steps.whole(OutcomeStatus.UNKNOWN, lines)).isEqualTo(OutcomeStatus.UNKNOWN);
    }

    @Test
    void one_step_that_was_only_accepted_makes_the_whole_accepted() {
        Job job = blocking();
        for (OutcomeStatus each : List.of(OutcomeStatus.SUCCEEDED, OutcomeStatus.ACCEPTED_UPSTREAM)) {
            begin(job, 1);
            finish(job, each);
        }
        begin(job, 1);

        assertThat(Steps.whole(OutcomeStatus.SUCCEEDED, lines(job, OutcomeStatus.SUCCEEDED)))
                .isEqualTo(OutcomeStatus.ACCEPTED_UPSTREAM);
    }

    private void begin(Job job, int attempt) {
        job.attempts(attempt);
        job.at(steps.next(job));
    }

    private void finish(Job job, OutcomeStatus status) {
        job.stepDone(steps.line(job, status, Optional.empty(), Optional.empty()).orElseThrow());
    }

    private Optional<List<StepOutcome>> lines(Job job, OutcomeStatus status) {
        return steps.lines(job, status, Optional.empty(), Optional.empty());
    }

    private Job blocking() {
        return job("users.block", "{\"id\":\"auth0|uma\"}");
    }

    private Job job(String action, String arguments) {
        Clock clock = Clock.systemUTC();
        Command command = TestCommands.command(
                action, arguments, TestCommands.requester("https://people.example/", List.of()), clock);
        OwnedPartition home = Jobs.home(new JournalIndex(), clock.instant());
        return new Jobs(directory, clock).next(home, command);
    }
}
