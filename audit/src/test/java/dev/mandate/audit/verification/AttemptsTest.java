package dev.mandate.audit.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.audit.World;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.journal.StepStatus;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.policy.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was sent to Auth0 was allowed when it was begun, and in time, however it ended. */
class AttemptsTest {

    @TempDir
    private static Path directory;

    private static World first;

    private World world;
    private ReceivedCommand plain;
    private Authorization allow;
    private Authorization deny;

    @BeforeAll
    static void makeKeys() {
        first = new World(directory);
    }

    @BeforeEach
    void sendOne() {
        world = first.again();
        plain = world.send(world.blocking("auth0|1"));
        allow = world.decide(plain.command());
        deny = denial(plain.command());
    }

    @ParameterizedTest
    @EnumSource(
            value = OutcomeStatus.class,
            names = {"SUCCEEDED", "ACCEPTED_UPSTREAM", "FAILED", "UNKNOWN"})
    void a_call_without_any_decision_is_found(OutcomeStatus status) {
        world.started(plain, 1, Optional.empty());
        world.journal(plain, world.outcome(plain, status, 1, Optional.empty()));

        assertThat(only(Check.EXECUTION)).contains("without a decision that allows it");
    }

    @ParameterizedTest
    @EnumSource(
            value = OutcomeStatus.class,
            names = {"SUCCEEDED", "ACCEPTED_UPSTREAM", "FAILED", "UNKNOWN"})
    void a_call_that_only_a_denial_stands_behind_is_found(OutcomeStatus status) {
        world.started(plain, 1, Optional.empty());
        world.journal(plain, world.outcome(plain, status, 1, Optional.of(deny)));

        assertThat(only(Check.EXECUTION)).contains("without a decision that allows it");
    }

    @Test
    void an_attempt_that_was_begun_although_it_was_denied_is_found_whatever_became_of_it() {
        world.started(plain, 1, Optional.of(deny));
        world.journal(plain, uncalled(OutcomeStatus.UNKNOWN, 1));

        assertThat(only(Check.EXECUTION)).contains("without a decision that allows it");
    }

    @Test
    void a_step_that_was_done_without_a_decision_is_found_when_the_macro_failed() {
        // Given
        ReceivedCommand macro = world.send(world.unblocking("auth0|2"));
        StepOutcome done = world.line(macro, 0, StepStatus.SUCCEEDED, 1);
        world.journal(plain, world.outcome(plain, OutcomeStatus.DENIED, 0, Optional.of(deny)));

        // When
        world.begun(macro, 1, Optional.empty(), new StepStarted(0, "users.update", List.of()));
        world.journal(macro, denied(macro, done, StepOutcome.notDone("userBlocks.delete")));

        // Then
        assertThat(only(Check.EXECUTION)).contains("without a decision that allows it");
    }

    @Test
    void a_denial_between_two_steps_takes_nothing_back_from_the_first() {
        ReceivedCommand macro = world.send(world.unblocking("auth0|2"));
        world.begun(macro, 1, List.of());
        world.journal(
                macro,
                denied(macro, world.line(macro, 0, StepStatus.SUCCEEDED, 1), StepOutcome.notDone("userBlocks.delete")));

        assertThat(world.verify().findings()).isEmpty();
    }

    @Test
    void a_denial_after_an_attempt_that_may_be_repeated_takes_nothing_back_from_it() {
        world.started(plain, 1);
        world.journal(plain, world.outcome(plain, OutcomeStatus.UNKNOWN, 1, Optional.of(deny)));

        assertThat(world.verify().findings()).isEmpty();
    }

    @Test
    void an_outcome_that_had_no_room_for_the_decision_rests_on_the_announcement() {
        world.started(plain, 1);
        world.journal(plain, world.outcome(plain, OutcomeStatus.SUCCEEDED, 1, Optional.empty()));

        assertThat(world.verify().findings()).isEmpty();
    }

    @Test
    void where_an_announcement_has_no_decision_the_outcomes_is_taken_and_that_is_said() {
        world.started(plain, 1, Optional.empty());
        world.journal(plain, world.outcome(plain, OutcomeStatus.FAILED, 1, Optional.of(allow)));

        Report report = world.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.results())
                .filteredOn(result -> result.check() == Check.EXECUTION)
                .flatExtracting(Report.Result::notes)
                .containsExactly("1 begun without a word on the decision behind it: the outcome's is taken");
    }

    @Test
    void a_decision_that_does_not_follow_is_found_in_an_announcement() {
        var wrong = new Authorization(
                Effect.ALLOW, deny.policy(), deny.catalogue(), allow.rules(), deny.at(), 0, deny.facts());
        world.started(plain, 1, Optional.of(wrong));
        world.journal(plain, uncalled(OutcomeStatus.FAILED, 1));

        assertThat(only(Check.WORKER_DECISIONS)).contains("Recorded is allow", "policy.permission_missing");
    }

    @Test
    void A53_a_permission_beyond_the_tokens_is_found_in_an_announcement() {
        var generous = world.facts(plain.command(), List.of("delete:users", "update:users"), Standing.ACTIVE);
        world.started(plain, 1, Optional.of(world.decide(plain.command(), generous)));
        world.journal(plain, uncalled(OutcomeStatus.FAILED, 1));

        assertThat(only(Check.PERMISSIONS)).contains("delete:users");
    }

    @Test
    void a_decision_that_was_made_after_the_announcement_is_found() {
        var late = new Authorization(
                allow.decision(),
                allow.policy(),
                allow.catalogue(),
                allow.rules(),
                world.now().plus(Duration.ofMinutes(1)),
                0,
                allow.facts());
        world.started(plain, 1, Optional.of(late));
        world.journal(plain, world.succeeded(plain));

        assertThat(only(Check.EXECUTION)).contains("before the decision");
    }

    @Test
    void what_could_only_be_announced_after_the_deadline_and_was_not_sent_is_right() {
        world.later(Duration.ofMinutes(20));
        world.started(plain, 1);
        world.journal(plain, uncalled(OutcomeStatus.FAILED, 1));

        assertThat(world.verify().findings()).isEmpty();
    }

    @Test
    void a_late_second_attempt_that_was_not_sent_leaves_the_call_of_the_first() {
        world.started(plain, 1);
        world.later(Duration.ofMinutes(20));
        world.started(plain, 2);
        world.journal(plain, world.outcome(plain, OutcomeStatus.FAILED, 2, Optional.of(allow)));

        assertThat(world.verify().findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = OutcomeStatus.class,
            names = {"SUCCEEDED", "FAILED", "UNKNOWN"})
    void A24_a_call_that_was_only_announced_after_the_deadline_is_found(OutcomeStatus status) {
        world.later(Duration.ofMinutes(20));
        world.started(plain, 1);
        world.journal(plain, world.outcome(plain, status, 1, Optional.of(allow)));

        assertThat(only(Check.STARTS)).contains("only after its deadline");
    }

    @Test
    void A24_a_late_second_attempt_that_succeeded_is_found() {
        world.started(plain, 1);
        world.later(Duration.ofMinutes(20));
        world.started(plain, 2);
        world.journal(plain, world.outcome(plain, OutcomeStatus.SUCCEEDED, 2, Optional.of(allow)));

        assertThat(only(Check.STARTS)).contains("only after its deadline");
    }

    @Test
    void A24_a_step_after_one_that_was_begun_late_is_found() {
        ReceivedCommand macro = world.send(world.unblocking("auth0|2"));
        world.journal(plain, world.outcome(plain, OutcomeStatus.DENIED, 0, Optional.of(deny)));
        world.later(Duration.ofMinutes(20));
        StepOutcome done = world.line(macro, 0, StepStatus.SUCCEEDED, 1);
        world.begun(macro, 1, List.of());
        world.begun(macro, 1, List.of(done));
        world.journal(macro, denied(macro, done, uncalledStep("userBlocks.delete")));

        assertThat(only(Check.STARTS)).contains("follows a step");
    }

    private Authorization denial(Command command) {
        return world.decide(command, world.facts(command, List.of(), Standing.ACTIVE));
    }

    /** An outcome by a decision anew that says no. */
    private Outcome denied(ReceivedCommand macro, StepOutcome... lines) {
        Outcome failed = world.outcome(macro, OutcomeStatus.FAILED, List.of(lines));
        return new Outcome(
                failed.command(),
                failed.status(),
                failed.attempt(),
                failed.worker(),
                Optional.of(denial(macro.command())),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                failed.error(),
                failed.steps(),
                Optional.empty());
    }

    private static StepOutcome uncalledStep(String action) {
        return new StepOutcome(action, StepStatus.FAILED, 1, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** An outcome of something that was announced and never sent. */
    private Outcome uncalled(OutcomeStatus status, int attempt) {
        Outcome called = world.outcome(plain, status, attempt, Optional.empty());
        return new Outcome(
                called.command(),
                status,
                attempt,
                called.worker(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                called.error());
    }

    private String only(Check check) {
        List<Finding> findings = world.verify().findings();
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().check()).isEqualTo(check);
        return findings.getFirst().reason();
    }
}
