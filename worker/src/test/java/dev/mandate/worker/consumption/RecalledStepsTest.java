package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.journal.StepStatus;
import dev.mandate.contracts.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A macro that another worker began: where it is taken up, and whether it can be. */
class RecalledStepsTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final StepOutcome BLOCKED = line("users.update", StepStatus.SUCCEEDED);

    @TempDir
    Path directory;

    private final Clock clock = Clock.systemUTC();
    private final JournalIndex index = new JournalIndex();
    private final Workshop workshop = new Workshop(Map.of(TestCommands.TENANT, Places.FREE), 4, clock, () -> {});
    private final Recall recall = new Recall(
            position -> new LookUp.Result.Nothing<>(),
            position -> new LookUp.Result.Nothing<>(),
            workshop,
            (job, kind) -> {},
            new CallWindow(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ZERO),
            clock);

    private Jobs jobs;

    @BeforeEach
    void open() {
        jobs = new Jobs(directory, clock);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void it_is_taken_up_at_the_step_that_was_begun_last_which_is_in_doubt() {
        Job job = begun(
                "users.block",
                Optional.of(new StepStarted(0, "users.update", List.of())),
                Optional.of(new StepStarted(1, "users.sessions.delete", List.of(BLOCKED))));

        recall.note(job);

        assertThat(job.done()).containsExactly(BLOCKED);
        assertThat(job.step()).map(StepStarted::action).contains("users.sessions.delete");
        assertThat(job.attempts()).isEqualTo(1);
        assertThat(job.doubt()).isTrue();
        assertThat(recall.fits(job, action("users.block"))).isTrue();
    }

    @Test
    void steps_that_the_catalogue_no_longer_has_so_do_not_fit() {
        for (StepStarted other : List.of(
                new StepStarted(0, "users.sessions.delete", List.of()),
                new StepStarted(1, "users.refreshToken.delete", List.of(BLOCKED)),
                new StepStarted(1, "users.sessions.delete", List.of(line("users.delete", StepStatus.SUCCEEDED))))) {
            Job job = begun("users.block", Optional.of(other));

            recall.note(job);

            assertThat(recall.fits(job, action("users.block"))).as("%s", other).isFalse();
        }
        Job longer = begun(
                "users.unblock",
                Optional.of(new StepStarted(
                        2, "users.delete", List.of(BLOCKED, line("userBlocks.delete", StepStatus.SUCCEEDED)))));
        assertThat(recall.fits(longer, action("users.unblock"))).isFalse();
    }

    @Test
    void a_macro_that_was_begun_as_a_plain_operation_does_not_fit_and_the_reverse_neither() {
        assertThat(recall.fits(begun("users.block", Optional.empty()), action("users.block")))
                .isFalse();
        assertThat(recall.fits(
                        begun("users.block", Optional.of(new StepStarted(0, "users.update", List.of()))),
                        action("users.update")))
                .isFalse();
        assertThat(recall.fits(begun("users.block", Optional.empty()), action("users.update")))
                .isTrue();
    }

    @SafeVarargs
    private Job begun(String action, Optional<StepStarted>... steps) {
        OwnedPartition home = Jobs.home(index, clock.instant());
        Job job = jobs.next(
                home,
                TestCommands.command(
                        action,
                        "{\"id\":\"auth0|uma\"}",
                        TestCommands.requester("https://people.example/", List.of()),
                        clock));
        for (Optional<StepStarted> step : steps) {
            index.read(
                    Jobs.said(
                            new Started(Jobs.reference(job), 1, "worker-2/1", 0, Optional.empty(), step),
                            clock.instant()),
                    Map.of(Topics.COMMANDS, 0L));
        }
        return job;
    }

    private static Action action(String name) {
        return CATALOGUE.find(name).orElseThrow();
    }

    private static StepOutcome line(String action, StepStatus status) {
        return new StepOutcome(action, status, 1, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
