package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MacroTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final ObjectNode UMA = json("{'id':'auth0|uma'}");

    private static Stream<Action> macros() {
        return CATALOGUE.actions().stream().filter(Action::isMacro);
    }

    @Test
    void there_is_a_macro_for_each_intention() {
        assertThat(macros().map(Action::name))
                .containsExactly("users.block", "users.offboard", "users.resetMfa", "users.unblock");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "users.block; users.update {'id':'auth0|uma','body':{'blocked':true}}, users.sessions.delete {'user_id':'auth0|uma'}, users.refreshToken.delete {'user_id':'auth0|uma'}",
                "users.unblock; users.update {'id':'auth0|uma','body':{'blocked':false}}, userBlocks.delete {'id':'auth0|uma'}"
            })
    void a_macro_comes_down_to_its_steps_in_their_order(String name, String steps) {
        assertThat(CATALOGUE.operations(action(name), UMA))
                .extracting(step ->
                        step.action().name() + " " + step.arguments().toString().replace('"', '\''))
                .containsExactly(steps.split(", "));
    }

    @Test
    void a_plain_operation_comes_down_to_itself() {
        assertThat(CATALOGUE.operations(action("users.get"), UMA))
                .containsExactly(new Operation(action("users.get"), UMA));
    }

    @ParameterizedTest
    @MethodSource("macros")
    void a_macro_is_as_demanding_as_its_steps_together(Action macro) {
        Set<String> scopes = new LinkedHashSet<>();
        for (Operation step : CATALOGUE.operations(macro, UMA)) {
            Action operation = step.action();
            assertThat(operation.isMacro()).isFalse();
            assertThat(CATALOGUE.validate(operation, step.arguments())).isEmpty();
            scopes.addAll(operation.scopes(step.arguments()));
            assertThat(macro.targets(UMA)).containsAll(operation.targets(step.arguments()));
            assertThat(operation.target(step.arguments())).isEqualTo(macro.target(UMA));
            assertThat(macro.forbiddenToOneself(UMA) || !operation.forbiddenToOneself(step.arguments()))
                    .isTrue();
            assertThat(macro.destructive() || !operation.destructive()).isTrue();
            assertThat(macro.repeat()).isGreaterThanOrEqualTo(operation.repeat());
            assertThat(operation.secretsIn(step.arguments())).isEmpty();
            assertThat(macro.marks(UMA).map(ActionMark::mark))
                    .containsAll(operation
                            .marks(step.arguments())
                            .map(ActionMark::mark)
                            .toList());
        }
        assertThat(macro.scopes()).containsExactlyElementsOf(scopes);
        assertThat(macro.marks()).allMatch(mark -> mark.at().matches());
    }

    /** A step is filled in from the macro's arguments as they are; a sealed one would be sent to Auth0 sealed. */
    @ParameterizedTest
    @MethodSource("macros")
    void a_macro_has_no_secret_arguments(Action macro) {
        assertThat(macro.secretArguments()).isEmpty();
        assertThat(macro.steps())
                .allSatisfy(step -> assertThat(action(step.action()).secretsIn(step.arguments()))
                        .isEmpty());
    }

    /**
     * What is named in a journal record that nobody can verify is only done again if it reads; a macro never only
     * reads.
     */
    @ParameterizedTest
    @MethodSource("macros")
    void a_macro_does_not_begin_with_a_step_that_may_be_repeated_at_will(Action macro) {
        assertThat(action(macro.steps().getFirst().action()).repeat()).isNotEqualTo(Repeat.SAFE);
    }

    @Test
    void whoever_may_update_users_and_end_sessions_may_block() {
        assertThat(action("users.block").marks()).isEmpty();
        assertThat(action("users.block").scopes())
                .containsExactly("update:users", "delete:sessions", "delete:refresh_tokens");
        assertThat(action("users.block").notice())
                .hasValueSatisfying(text -> assertThat(text).contains("password"));
    }

    @Test
    void taking_factors_away_needs_a_permission_named_like_the_macro() {
        assertThat(action("users.resetMfa").marks(UMA).map(mark -> mark.permission("users.resetMfa")))
                .contains("users.resetMfa")
                .allMatch("users.resetMfa"::equals);
    }

    @ParameterizedTest
    @MethodSource("macros")
    void the_scopes_of_a_step_hinge_on_nothing_that_is_filled_in(Action macro) {
        for (Step step : macro.steps()) {
            for (ScopeRule rule : action(step.action()).scopeRules()) {
                Stream.concat(rule.onlyMembers().stream(), rule.anyMember().stream())
                        .forEach(pointer -> {
                            JsonNode parent = step.arguments().at(pointer.head());
                            assertThat(parent.has("$from")).isFalse();
                        });
            }
        }
    }

    @Test
    void a_macro_checks_its_arguments() {
        Action block = action("users.block");
        assertThat(CATALOGUE.validate(block, UMA)).isEmpty();
        assertThat(CATALOGUE.validate(block, json("{}"))).isNotEmpty();
        assertThat(CATALOGUE.validate(block, json("{'id':'..'}"))).contains(new Problem("/id", "is not a safe id"));
        assertThat(CATALOGUE.validate(block, json("{'id':'a','body':{'blocked':false}}")))
                .isNotEmpty();
    }

    @Test
    void what_the_macro_is_not_given_is_left_out_and_what_it_is_given_is_copied() {
        var step = new Step("x", json("{'a':{'$from':'/p'},'b':[{'$from':'/q'},1],'c':{'d':{'$from':'/none'}}}"));
        ObjectNode given = json("{'p':{'x':1},'q':'y'}");

        ObjectNode filled = step.filled(given);

        assertThat(filled).isEqualTo(json("{'a':{'x':1},'b':['y',1],'c':{}}"));
        filled.withObject("/a").put("x", 2);
        assertThat(given).isEqualTo(json("{'p':{'x':1},'q':'y'}"));
    }

    private static Action action(String name) {
        return CATALOGUE.find(name).orElseThrow();
    }

    private static ObjectNode json(String text) {
        return StrictJson.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
