package dev.mandate.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Repeat;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.sandbox.chaos.History.Request;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each violation is found, by the property that it violates and by no other. */
class PropertyTest {

    private static Arguments violation(Property property, String what, Histories history) {
        return Arguments.of(property, what, history);
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                violation(Property.KEPT, "an outcome is lost", Histories.good().withoutOutcome("read")),
                violation(
                        Property.KEPT,
                        "a command has two outcomes",
                        Histories.good().ended("first", OutcomeStatus.SUCCEEDED)),
                violation(
                        Property.KEPT,
                        "what was promised is not in the log",
                        Histories.good().withoutCommand("read").withoutOutcome("read")),
                violation(
                        Property.KEPT,
                        "an outcome has no command",
                        Histories.good().withoutCommand("read")),
                violation(
                        Property.SAME,
                        "a repeated request became another command",
                        Histories.good().promised("read", "key of ticket")),
                violation(
                        Property.SAME,
                        "a request whose answer was lost became another command",
                        Histories.good()
                                .logged("copy", "key of read", Histories.UMA, Repeat.SAFE)
                                .ended("copy", OutcomeStatus.SUCCEEDED)),
                violation(
                        Property.COMMANDED,
                        "an effect has no command",
                        Histories.good().called("nobody's", 200)),
                violation(
                        Property.COMMANDED,
                        "an effect names no command",
                        Histories.good().called(Optional.empty(), 200)),
                violation(
                        Property.COMMANDED,
                        "a request is for another path than the command's",
                        Histories.good()
                                .calledOtherwise(
                                        "second",
                                        new Request(
                                                "PATCH",
                                                "/other",
                                                Histories.request("second").body()),
                                        503)),
                violation(
                        Property.COMMANDED,
                        "a request is for another change than the command's",
                        Histories.good()
                                .calledOtherwise("second", new Request("PATCH", "/second", StrictJson.object()), 503)),
                violation(
                        Property.ALONE,
                        "a command runs beside itself",
                        again("twin").called("twin", 200).calledMeanwhile("twin", 200)),
                violation(
                        Property.ALONE,
                        "a command begins before the one before it is over",
                        again("twin").called("second", 503).calledMeanwhile("twin", 200)),
                violation(
                        Property.ONCE,
                        "an unsafe creation happens twice",
                        Histories.good().called("ticket", 201)),
                violation(
                        Property.ONCE,
                        "an unsafe creation happens twice and is said to be unknown",
                        Histories.good().called("lost", 201)),
                violation(
                        Property.ORDERED,
                        "a later command is done first",
                        again("late")
                                .asked("latest", Histories.UMA, Repeat.IDEMPOTENT)
                                .called("latest", 200)
                                .called("late", 200)
                                .ended("latest", OutcomeStatus.SUCCEEDED)
                                .marked(Histories.UMA, "latest")),
                violation(
                        Property.ORDERED,
                        "an earlier command is done again after a later one",
                        Histories.good().called("first", 200)),
                violation(Property.DONE, "a success is none", Histories.good().withoutCalls("ticket")),
                violation(
                        Property.TOLD,
                        "an effect is said to be a failure",
                        Histories.good().withoutOutcome("ticket").ended("ticket", OutcomeStatus.FAILED)),
                violation(
                        Property.LASTING,
                        "somebody is not as the last command left them",
                        Histories.good().marked(Histories.UMA, "first")),
                violation(
                        Property.LASTING,
                        "somebody was changed by nobody",
                        Histories.good().marked("acme-prod|user|inga", "first")),
                violation(Property.WORKED, "nobody asked for anything", Histories.idle()),
                violation(
                        Property.WORKED,
                        "nothing was done of what was asked for",
                        Histories.idle()
                                .asked("first", Histories.UMA, Repeat.IDEMPOTENT)
                                .ended("first", OutcomeStatus.FAILED)
                                .asked("second", Histories.GUS, Repeat.IDEMPOTENT)
                                .ended("second", OutcomeStatus.EXPIRED)),
                violation(
                        Property.AUDITED,
                        "the auditor complains",
                        Histories.good().audited("1 finding")));
    }

    /** One more update after those of a good run. */
    private static Histories again(String id) {
        return Histories.good()
                .asked(id, Histories.UMA, Repeat.IDEMPOTENT)
                .ended(id, OutcomeStatus.SUCCEEDED)
                .marked(Histories.UMA, id);
    }

    @Test
    void a_run_without_a_fault_in_it_holds() {
        assertThat(Judgement.of(Histories.good().build()).violated()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("violations")
    void a_violation_is_found(Property property, String what, Histories history) {
        var judgement = Judgement.of(history.build());

        assertThat(judgement.violated()).containsExactly(property);
        assertThat(judgement.holds()).isFalse();
    }

    @Test
    void every_property_is_violated_by_some_history() {
        Set<Object> violated = violations().map(arguments -> arguments.get()[0]).collect(Collectors.toSet());

        assertThat(violated).containsExactlyInAnyOrder((Object[]) Property.values());
    }

    @Test
    void what_is_guarded_and_said_to_be_unknown_may_have_happened_twice() {
        var history = Histories.good().called("created", 201);

        assertThat(Judgement.of(history.build()).violated()).isEmpty();
    }

    @Test
    void a_call_that_was_cut_before_anything_was_done_is_no_effect() {
        var history = Histories.good().cutAfterwards("first").cutAfterwards("ticket");

        assertThat(Judgement.of(history.build()).violated()).isEmpty();
    }
}
