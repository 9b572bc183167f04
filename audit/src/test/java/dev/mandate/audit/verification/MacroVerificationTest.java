package dev.mandate.audit.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.audit.World;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.journal.StepStatus;
import dev.mandate.contracts.journal.Upstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a worker could write of a macro that is not so. {@code users.unblock} has two steps. */
class MacroVerificationTest {

    @TempDir
    private static Path directory;

    private static World first;

    private World world;
    private ReceivedCommand macro;
    private StepOutcome done;
    private StepOutcome alsoDone;
    private StepOutcome failed;
    private StepOutcome notDone;

    @BeforeAll
    static void makeKeys() {
        first = new World(directory);
    }

    @BeforeEach
    void sendOne() {
        world = first.again();
        macro = world.send(world.unblocking("auth0|1"));
        done = world.line(macro, 0, StepStatus.SUCCEEDED, 1);
        alsoDone = world.line(macro, 1, StepStatus.SUCCEEDED, 1);
        failed = world.line(macro, 1, StepStatus.FAILED, 1);
        notDone = StepOutcome.notDone("userBlocks.delete");
    }

    @Test
    void steps_that_are_tried_again_and_a_failure_in_the_middle_hold() {
        StepOutcome late = world.line(macro, 0, StepStatus.SUCCEEDED, 3);
        world.begun(macro, 1, List.of());
        world.begun(macro, 3, List.of());
        world.begun(macro, 1, List.of(late));
        world.begun(macro, 2, List.of(late));
        end(OutcomeStatus.FAILED, late, world.line(macro, 1, StepStatus.FAILED, 2));

        assertThat(world.verify().findings()).isEmpty();
    }

    @Test
    void an_end_between_two_steps_holds() {
        world.begun(macro, 1, List.of());
        end(OutcomeStatus.FAILED, done, notDone);

        assertThat(world.verify().findings()).isEmpty();
    }

    @Test
    void an_answer_that_found_no_room_in_an_announcement_is_no_other_story() {
        var answered = new StepOutcome(
                done.action(), done.status(), 1, done.upstream(), Optional.of("sealed"), Optional.empty());
        world.begun(macro, 1, List.of());
        world.begun(macro, 1, List.of(done));
        end(OutcomeStatus.SUCCEEDED, answered, alsoDone);

        assertThat(world.verify().findings()).isEmpty();
    }

    @Test
    void a_line_that_is_left_out_is_found() {
        world.begun(macro, 1, List.of());
        world.begun(macro, 1, List.of(done));
        end(OutcomeStatus.SUCCEEDED, done);

        assertThat(only(Check.STEPS)).contains("lines are not those");
    }

    @Test
    void an_outcome_without_lines_is_found() {
        world.begun(macro, 1, List.of());
        Outcome whole = world.outcome(macro, OutcomeStatus.FAILED, List.of(done, notDone));
        world.journal(
                macro,
                new Outcome(
                        whole.command(),
                        whole.status(),
                        1,
                        whole.worker(),
                        whole.authorization(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        whole.error()));

        assertThat(only(Check.STEPS)).contains("no lines");
    }

    @Test
    void a_step_that_was_never_announced_is_found() {
        world.begun(macro, 1, List.of());
        end(OutcomeStatus.SUCCEEDED, done, alsoDone);

        assertThat(only(Check.STEPS)).contains("2 of its steps", "announced were 1");
    }

    @Test
    void a_step_that_was_announced_and_is_denied_afterwards_is_found() {
        world.begun(macro, 1, List.of());
        world.begun(macro, 1, List.of(done));
        end(OutcomeStatus.FAILED, done, notDone);

        assertThat(only(Check.STEPS)).contains("1 of its steps", "announced were 2");
    }

    @Test
    void a_step_that_is_left_out_is_found() {
        world.begun(macro, 1, List.of(done));
        end(OutcomeStatus.SUCCEEDED, done, alsoDone);

        assertThat(only(Check.STEPS)).contains("Step 2 was begun after step 0");
    }

    @Test
    void going_back_to_a_step_that_was_done_is_found() {
        world.begun(macro, 1, List.of());
        world.begun(macro, 1, List.of(done));
        world.begun(macro, 2, List.of());
        end(OutcomeStatus.FAILED, world.line(macro, 0, StepStatus.FAILED, 2), notDone);

        assertThat(only(Check.STEPS)).contains("Step 1 was begun after step 2");
    }

    @Test
    void a_step_that_the_action_does_not_have_is_found() {
        world.begun(macro, 1, new StepStarted(0, "users.delete", List.of()));

        assertThat(only(Check.STEPS)).contains("not the steps");
    }

    @Test
    void another_story_of_an_earlier_step_is_found() {
        world.begun(macro, 1, List.of());
        world.begun(macro, 1, List.of(done));
        end(OutcomeStatus.ACCEPTED_UPSTREAM, world.line(macro, 0, StepStatus.ACCEPTED_UPSTREAM, 1), alsoDone);

        assertThat(only(Check.STEPS)).contains("another story");
    }

    @Test
    void fewer_attempts_than_were_announced_are_found() {
        world.begun(macro, 1, List.of());
        world.begun(macro, 2, List.of());
        world.begun(macro, 1, List.of(done));
        end(OutcomeStatus.SUCCEEDED, done, alsoDone);

        assertThat(only(Check.STEPS)).contains("another story");
    }

    @ParameterizedTest
    @EnumSource(
            value = OutcomeStatus.class,
            names = {"FAILED", "CANCELLED"},
            mode = EnumSource.Mode.EXCLUDE)
    void an_outcome_that_its_lines_do_not_add_up_to_is_found(OutcomeStatus status) {
        world.begun(macro, 1, List.of());
        world.begun(macro, 1, List.of(done));
        end(status, done, failed);

        assertThat(only(Check.STEPS)).contains("do not add up");
    }

    @Test
    void a_plain_operation_has_no_steps() {
        ReceivedCommand plain = world.send(world.blocking("auth0|2"));
        world.started(plain, 1);
        Outcome right = world.succeeded(plain);
        world.journal(
                plain,
                new Outcome(
                        right.command(),
                        right.status(),
                        1,
                        right.worker(),
                        right.authorization(),
                        List.of(),
                        right.upstream(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(List.of(line(plain, right))),
                        Optional.empty()));

        assertThat(only(Check.STEPS)).contains("its action has none");
    }

    @Test
    void an_announcement_that_does_not_say_which_step_is_found() {
        world.started(macro, 1);

        assertThat(only(Check.STEPS)).contains("without a word");
    }

    @Test
    void a_step_that_called_another_operation_and_one_that_called_none_are_found() {
        Upstream foreign =
                world.line(macro, 1, StepStatus.SUCCEEDED, 1).upstream().orElseThrow();
        for (Optional<Upstream> call : List.of(Optional.of(foreign), Optional.<Upstream>empty())) {
            sendOne();
            var forged = new StepOutcome(
                    done.action(), StepStatus.SUCCEEDED, 1, relabelled(call), Optional.empty(), Optional.empty());
            world.begun(macro, 1, List.of());
            world.begun(macro, 1, List.of(forged));
            end(OutcomeStatus.SUCCEEDED, forged, alsoDone);

            assertThat(only(Check.EXECUTION)).contains(call.isPresent() ? "Another operation" : "no call");
        }
    }

    /** The same call under this command's correlation id. */
    private Optional<Upstream> relabelled(Optional<Upstream> call) {
        return call.map(one -> new Upstream(
                one.method(),
                one.route(),
                one.status(),
                one.scopes(),
                one.wider(),
                macro.command().id().value(),
                Optional.empty()));
    }

    private static StepOutcome line(ReceivedCommand plain, Outcome outcome) {
        return new StepOutcome(
                plain.command().context().action(),
                StepStatus.SUCCEEDED,
                1,
                outcome.upstream(),
                Optional.empty(),
                Optional.empty());
    }

    private void end(OutcomeStatus status, StepOutcome... lines) {
        world.journal(macro, world.outcome(macro, status, List.of(lines)));
    }

    private String only(Check check) {
        List<Finding> findings = world.verify().findings();
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().check()).isEqualTo(check);
        return findings.getFirst().reason();
    }
}
