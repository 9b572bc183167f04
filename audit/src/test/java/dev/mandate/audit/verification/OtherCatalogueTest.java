package dev.mandate.audit.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mandate.audit.World;
import dev.mandate.contracts.action.Catalogue;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was decided with the catalogue, or by the policy, of another release: nothing false is found in it, and nothing
 * is claimed.
 */
class OtherCatalogueTest {

    @TempDir
    private static Path directory;

    private static World first;

    private World world;

    @BeforeAll
    static void makeKeys() {
        first = new World(directory);
    }

    @BeforeEach
    void emptyLog() {
        world = first.again();
    }

    @Test
    void what_was_decided_elsewhere_is_neither_wrong_nor_right() {
        // Given a decision that this catalogue would not lead to
        Command allowed = world.blocking("auth0|1");
        Command without = world.draft("users.update", "{\"id\":\"auth0|1\",\"body\":{\"blocked\":true}}", List.of());
        ReceivedCommand received =
                world.send(World.with(without, World.elsewhere(allowed.authorization()), world.chain()));
        Authorization decision = elsewhere(received);

        // When
        world.started(received, 1, Optional.of(decision));
        world.journal(received, world.outcome(received, OutcomeStatus.SUCCEEDED, 1, Optional.of(decision)));

        // Then
        Report report = world.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.holds()).isTrue();
        assertThat(report.isWhole()).isFalse();
        assertThat(report.results())
                .filteredOn(result -> result.open() > 0)
                .extracting(Report.Result::check, Report.Result::open)
                .containsExactly(
                        tuple(Check.INTAKE_DECISIONS, 1L),
                        tuple(Check.WORKER_DECISIONS, 2L),
                        tuple(Check.EXECUTION, 1L));
    }

    @Test
    void the_same_decision_is_wrong_when_it_names_the_catalogue_that_is_known_or_none() {
        for (Optional<String> catalogue : List.of(known(), Optional.<String>empty())) {
            emptyLog();
            ReceivedCommand received = world.send(world.blocking("auth0|1"));
            Authorization right = world.decide(received.command());
            var wrong = new Authorization(
                    Effect.ALLOW,
                    right.policy(),
                    catalogue,
                    right.rules(),
                    right.at(),
                    0,
                    Optional.of(world.facts(received.command(), List.of(), Standing.ACTIVE)));
            world.started(received, 1, Optional.of(wrong));
            world.journal(received, world.outcome(received, OutcomeStatus.FAILED, 1, Optional.of(right)));

            assertThat(only(Check.WORKER_DECISIONS)).contains("Recorded is allow");
        }
    }

    @Test
    void what_another_policy_decided_is_neither_wrong_nor_right() {
        // Given a decision that this policy would not lead to
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        Authorization here = world.decide(received.command());
        var decision = new Authorization(
                Effect.ALLOW,
                "sha-256:" + "0".repeat(64),
                here.catalogue(),
                List.of("a-rule-of-its-own"),
                here.at(),
                0,
                here.facts());

        // When
        world.started(received, 1, Optional.of(decision));
        world.journal(received, world.outcome(received, OutcomeStatus.SUCCEEDED, 1, Optional.of(decision)));

        // Then
        Report report = world.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.results())
                .filteredOn(result -> result.open() > 0)
                .extracting(Report.Result::check, Report.Result::open)
                .containsExactly(tuple(Check.WORKER_DECISIONS, 2L));
    }

    @Test
    void another_catalogue_is_no_way_around_what_needs_none() {
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        Authorization right = world.decide(received.command());
        Authorization blind = World.elsewhere(world.decide(
                received.command(),
                world.facts(received.command(), received.command().requester().permissions(), Standing.BLOCKED)));
        world.started(received, 1, Optional.of(blind));
        world.journal(received, world.outcome(received, OutcomeStatus.FAILED, 1, Optional.of(right)));

        assertThat(only(Check.EXECUTION)).contains("without a decision that allows it");
    }

    @Test
    void a_macro_that_had_other_steps_is_followed_by_what_the_journal_says() {
        // Given a macro that once had three steps, of which this catalogue knows others
        ReceivedCommand macro = world.send(world.unblocking("auth0|1"));
        StepOutcome one = step(macro, "users.update");
        StepOutcome two = step(macro, "users.sessions.delete");
        StepOutcome three = step(macro, "users.gone");

        // When
        begun(macro, "users.update");
        begun(macro, "users.sessions.delete", one);
        begun(macro, "users.gone", one, two);
        end(macro, OutcomeStatus.SUCCEEDED, one, two, three);

        // Then
        Report report = world.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.isWhole()).isFalse();
    }

    @Test
    void what_contradicts_the_journals_own_words_is_found_in_any_catalogue() {
        // A step that is left out
        ReceivedCommand macro = world.send(world.unblocking("auth0|1"));
        StepOutcome one = step(macro, "users.update");
        StepOutcome two = step(macro, "users.sessions.delete");
        begun(macro, "users.update");
        begun(macro, "users.gone", one, two);
        assertThat(only(Check.STEPS)).contains("Step 3 was begun after step 1");

        // Another operation than was begun
        emptyLog();
        macro = world.send(world.unblocking("auth0|1"));
        begun(macro, "users.update");
        begun(macro, "users.gone", step(macro, "users.delete"));
        assertThat(only(Check.STEPS)).contains("another story");

        // And in the outcome
        emptyLog();
        macro = world.send(world.unblocking("auth0|1"));
        begun(macro, "users.update");
        end(macro, OutcomeStatus.SUCCEEDED, step(macro, "users.delete"));
        assertThat(only(Check.STEPS)).contains("another story");
    }

    @Test
    void a_macro_that_was_left_by_a_worker_with_other_steps_for_it_is_right_by_either_catalogue() {
        for (boolean knowsTheFirst : new boolean[] {true, false}) {
            emptyLog();
            ReceivedCommand macro = world.send(world.unblocking("auth0|1"));
            var begun = new StepStarted(0, "users.update", List.of());
            if (knowsTheFirst) {
                world.begun(macro, 1, begun);
            } else {
                world.begun(macro, 1, Optional.of(elsewhere(macro)), begun);
            }

            // When the rest of the lines is that of the other catalogue, which decided nothing
            world.journal(
                    macro,
                    outcome(
                            macro,
                            OutcomeStatus.UNKNOWN,
                            Optional.empty(),
                            List.of(
                                    world.line(macro, 0, StepStatus.UNKNOWN, 1),
                                    StepOutcome.notDone("users.sessions.delete"),
                                    StepOutcome.notDone("users.gone"))));

            assertThat(world.verify().findings()).isEmpty();
        }
    }

    private static Optional<String> known() {
        return Optional.of(Catalogue.bundled().hash());
    }

    private Authorization elsewhere(ReceivedCommand received) {
        Authorization here = world.decide(received.command());
        return World.elsewhere(new Authorization(
                Effect.ALLOW, here.policy(), here.catalogue(), List.of(), here.at(), 0, here.facts()));
    }

    private StepOutcome step(ReceivedCommand macro, String action) {
        StepOutcome line = world.line(macro, 0, StepStatus.SUCCEEDED, 1);
        return new StepOutcome(action, line.status(), 1, line.upstream(), Optional.empty(), Optional.empty());
    }

    private void begun(ReceivedCommand macro, String action, StepOutcome... before) {
        world.begun(macro, 1, Optional.of(elsewhere(macro)), new StepStarted(before.length, action, List.of(before)));
    }

    private void end(ReceivedCommand macro, OutcomeStatus status, StepOutcome... lines) {
        world.journal(macro, outcome(macro, status, Optional.of(elsewhere(macro)), List.of(lines)));
    }

    private Outcome outcome(
            ReceivedCommand macro,
            OutcomeStatus status,
            Optional<Authorization> authorization,
            List<StepOutcome> lines) {
        Outcome like = world.outcome(macro, status, lines);
        return new Outcome(
                like.command(),
                status,
                like.attempt(),
                like.worker(),
                authorization,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                like.error(),
                like.steps(),
                Optional.empty());
    }

    private String only(Check check) {
        List<Finding> findings = world.verify().findings();
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().check()).isEqualTo(check);
        return findings.getFirst().reason();
    }
}
