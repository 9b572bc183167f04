package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.ArgumentPlaces.Place;
import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.TestTokens;
import dev.mandate.api.testkit.TopicLog;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.ActionMark;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.ExampleArguments;
import dev.mandate.contracts.action.Parameter;
import dev.mandate.contracts.action.TargetRule;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Every action, asked for by somebody who may not, or asked for wrongly, in each way that the table says: it is refused
 * with a stable code that says where, and leaves nothing on Kafka.
 */
class EveryActionIsRefusedIT {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final List<String> TOPICS =
            List.of(Topics.COMMANDS, Topics.COMMANDS_BULK, Topics.RESULTS, Topics.QUARANTINE, Topics.CONTROL);
    private static final String UNSAFE = "..";
    private static final ExampleArguments.Strings NONE = (at, schema) -> Optional.empty();

    /** They take longer to make up than to be refused. */
    private static final Map<String, Set<ObjectNode>> EXAMPLES = new HashMap<>();

    private final ApiHarness harness = ApiHarness.shared();
    private final Map<String, String> masters = new HashMap<>();
    private final List<String> amiss = new ArrayList<>();
    private final Map<String, Integer> refused = new HashMap<>();
    private Map<String, Long> before = Map.of();

    @BeforeEach
    void count() {
        before = sizes();
    }

    @AfterEach
    void nothing_is_left_on_kafka() {
        assertThat(sizes()).isEqualTo(before);
    }

    @Test
    void without_any_one_of_its_scopes() {
        forEach((action, example) -> {
            List<String> all = permissions(action);
            for (String scope : action.scopes(example, all)) {
                var answer = submit(action, example, tokenOf(action, without(all, scope)));
                // Who lacks one of several alternatives may have the narrower one that the arguments take.
                boolean narrower = !action.scopes(example, without(all, scope)).contains(scope);
                if (!narrower) {
                    expect(
                            action,
                            answer,
                            403,
                            "policy.permission_missing",
                            because(answer).contains(scope));
                }
            }
        });

        assertRefused(action -> true);
    }

    @Test
    void without_the_permission_of_a_mark() {
        var marks = new TreeSet<String>();
        CATALOGUE
                .actions()
                .forEach(action -> action.marks().forEach(mark -> marks.add(mark.permission(action.name()))));
        var tried = new TreeSet<String>();
        forEach((action, example) -> {
            for (ActionMark mark : action.marks(example).toList()) {
                String permission = mark.permission(action.name());
                tried.add(permission);
                var answer = submit(action, example, tokenOf(action, without(permissions(action), permission)));
                expect(
                        action,
                        answer,
                        403,
                        "policy.marked_permission_missing",
                        because(answer).contains(permission));
            }
        });

        assertThat(tried).isEqualTo(marks);
        assertRefused(action -> !action.marks().isEmpty());
    }

    @Test
    void with_a_value_of_the_wrong_type() {
        forEach((action, example) -> {
            for (Place place : ArgumentPlaces.of(CATALOGUE.schema(action), example)) {
                if (!place.types().isEmpty()) {
                    expectInvalid(
                            action,
                            with(example, place.at(), place.wrong()),
                            place.at().toString());
                }
            }
        });
        for (Action action : CATALOGUE.actions()) {
            var answer = harness.http()
                    .submit(master(action), body(action, StrictJson.object().arrayNode()));
            expect(action, answer, 400, "request.invalid", pointers(answer).equals(Set.of("/arguments")));
        }

        assertRefused(action -> true);
    }

    @Test
    void with_a_required_member_missing() {
        forEach((action, example) -> {
            for (Place place : ArgumentPlaces.of(CATALOGUE.schema(action), example)) {
                if (place.required()) {
                    expectInvalid(
                            action,
                            without(example, place.at()),
                            place.at().head().toString());
                }
            }
        });

        assertRefused(action -> !CATALOGUE.schema(action).path("required").isEmpty());
    }

    @Test
    void with_a_member_that_is_not_known() {
        for (Action action : CATALOGUE.actions()) {
            var arguments = ExampleArguments.required(CATALOGUE.schema(action)).put("sudo", true);
            expectInvalid(action, arguments, "");
        }

        assertRefused(action -> true);
    }

    @Test
    void with_an_id_that_is_not_safe() {
        forEach((action, example) -> {
            for (JsonPointer id : ids(action, example)) {
                expectInvalid(action, with(example, id, StringNode.valueOf(UNSAFE)), id.toString());
            }
        });

        assertRefused(action -> !action.pathParameters().isEmpty()
                || rules(action).anyMatch(rule -> !rule.ids().isEmpty()));
    }

    private static void forEach(Attempt attempt) {
        CATALOGUE
                .actions()
                .forEach(action -> EXAMPLES.computeIfAbsent(action.name(), _ -> examples(action))
                        .forEach(example -> attempt.with(action, example)));
    }

    /** What is required only, then all fields, in as many ways as it takes to have every mark in one of them. */
    private static Set<ObjectNode> examples(Action action) {
        ObjectNode schema = CATALOGUE.schema(action);
        var examples =
                new LinkedHashSet<>(List.of(ExampleArguments.required(schema), ExampleArguments.complete(schema)));
        if (!marks(action, examples.stream()).containsAll(action.marks())) {
            ExampleArguments.variants(schema, NONE).stream()
                    .filter(variant -> !marks(action, examples.stream())
                            .containsAll(action.marks(variant).toList()))
                    .forEach(examples::add);
        }
        return examples;
    }

    private static Set<ActionMark> marks(Action action, Stream<ObjectNode> examples) {
        return examples.flatMap(action::marks).collect(Collectors.toSet());
    }

    @FunctionalInterface
    private interface Attempt {
        void with(Action action, ObjectNode example);
    }

    private static List<JsonPointer> ids(Action action, ObjectNode example) {
        Stream<JsonPointer> inPath = action.pathParameters().stream()
                .filter(parameter -> parameter.schema().path("enum").isMissingNode())
                .map(Parameter::name)
                .map(name -> JsonPointer.empty().appendProperty(name));
        Stream<JsonPointer> elsewhere = rules(action)
                .flatMap(rule -> rule.ids().stream())
                .flatMap(pattern -> pattern.in(example))
                .filter(place -> example.at(place).isString());
        return Stream.concat(inPath, elsewhere).distinct().toList();
    }

    private static Stream<TargetRule> rules(Action action) {
        return Stream.concat(Stream.of(action.target()), action.affects().stream());
    }

    private void expectInvalid(Action action, ObjectNode arguments, String pointer) {
        var answer = submit(action, arguments, master(action));
        expect(action, answer, 422, "arguments.invalid", pointers(answer).contains("/arguments" + pointer), pointer);
    }

    private void expect(Action action, Http.Answer answer, int status, String code, boolean more) {
        expect(action, answer, status, code, more, "");
    }

    private void expect(Action action, Http.Answer answer, int status, String code, boolean more, String what) {
        refused.merge(action.name(), 1, Integer::sum);
        if (answer.status() != status || !answer.code().equals(code) || !more) {
            amiss.add("%s %s: %s".formatted(action.name(), what, answer.text()));
        }
    }

    /** Each request was refused as it should be, and each of these actions was asked for. */
    private void assertRefused(Predicate<Action> tried) {
        System.out.printf(
                "Refused: %d requests for %d actions%n",
                refused.values().stream().mapToInt(Integer::intValue).sum(), refused.size());
        assertThat(amiss).isEmpty();
        assertThat(refused.keySet())
                .containsAll(CATALOGUE.actions().stream()
                        .filter(tried)
                        .map(Action::name)
                        .toList());
    }

    private Http.Answer submit(Action action, ObjectNode arguments, String token) {
        return harness.http().submit(token, body(action, arguments));
    }

    private static String body(Action action, JsonNode arguments) {
        var body = StrictJson.object().put("tenant", "acme-prod").put("action", action.name());
        return body.set("arguments", arguments).toString();
    }

    /** Of somebody who may do all that the action takes. */
    private String master(Action action) {
        return masters.computeIfAbsent(action.name(), _ -> tokenOf(action, permissions(action)));
    }

    /** A requester for each action, so that none sends too much. */
    private String tokenOf(Action action, List<String> permissions) {
        return harness.issuer().token(TestTokens.of("auth0|" + action.name(), permissions));
    }

    private static List<String> permissions(Action action) {
        return Stream.of(
                        action.scopes().stream(),
                        action.scopeRules().stream().flatMap(rule -> rule.scopes().stream()),
                        action.marks().stream().map(mark -> mark.permission(action.name())))
                .flatMap(permissions -> permissions)
                .distinct()
                .toList();
    }

    private static List<String> without(List<String> permissions, String one) {
        return permissions.stream().filter(each -> !each.equals(one)).toList();
    }

    private static String because(Http.Answer answer) {
        return answer.json().path("because").toString();
    }

    private static Set<String> pointers(Http.Answer answer) {
        return answer.json()
                .path("errors")
                .valueStream()
                .map(error -> error.path("pointer").asString())
                .collect(Collectors.toSet());
    }

    private static ObjectNode with(ObjectNode example, JsonPointer at, JsonNode value) {
        ObjectNode changed = example.deepCopy();
        switch (changed.at(at.head())) {
            case ObjectNode parent -> parent.set(at.last().getMatchingProperty(), value);
            case ArrayNode parent -> parent.set(at.last().getMatchingIndex(), value);
            default -> throw new IllegalArgumentException("nothing is at " + at);
        }
        return changed;
    }

    private static ObjectNode without(ObjectNode example, JsonPointer at) {
        ObjectNode changed = example.deepCopy();
        changed.withObject(at.head()).remove(at.last().getMatchingProperty());
        return changed;
    }

    private Map<String, Long> sizes() {
        var sizes = new HashMap<String, Long>();
        for (String topic : TOPICS) {
            try (TopicLog log = harness.log(topic)) {
                sizes.put(topic, log.size());
            }
        }
        return sizes;
    }
}
