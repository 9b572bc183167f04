package dev.mandate.api;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.ActionMark;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.ExampleArguments;
import dev.mandate.contracts.action.Parameter;
import dev.mandate.contracts.action.TargetRule;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Valid arguments of every action, to be made invalid. */
final class ActionExamples {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final ExampleArguments.Strings NONE = (at, schema) -> Optional.empty();
    /** Made up once: that takes longer than to have them refused. */
    private static final Map<String, Set<ObjectNode>> EXAMPLES = new HashMap<>();

    private ActionExamples() {}

    static Stream<Action> actions() {
        return CATALOGUE.actions().stream();
    }

    static void forEach(BiConsumer<Action, ObjectNode> attempt) {
        actions()
                .forEach(action -> EXAMPLES.computeIfAbsent(action.name(), _ -> examples(action))
                        .forEach(example -> attempt.accept(action, example)));
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

    /** What the action's schema says of the places in an example. */
    static List<ArgumentPlaces.Place> places(Action action, ObjectNode example) {
        return ArgumentPlaces.of(CATALOGUE.schema(action), example);
    }

    /** Whether the action can't do without some argument. */
    static boolean needsArguments(Action action) {
        return !CATALOGUE.schema(action).path("required").isEmpty();
    }

    /** Whether the action has ids. */
    static boolean hasIds(Action action) {
        return !action.pathParameters().isEmpty()
                || rules(action).anyMatch(rule -> !rule.ids().isEmpty());
    }

    /** Where ids are in an example: in the path, and wherever else targets come from. */
    static List<JsonPointer> ids(Action action, ObjectNode example) {
        Stream<JsonPointer> inPath = action.pathParameters().stream()
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

    /** The example with another value at a place. */
    static ObjectNode with(ObjectNode example, JsonPointer at, JsonNode value) {
        ObjectNode changed = example.deepCopy();
        switch (changed.at(at.head())) {
            case ObjectNode parent -> parent.set(at.last().getMatchingProperty(), value);
            case ArrayNode parent -> parent.set(at.last().getMatchingIndex(), value);
            default -> throw new IllegalArgumentException("nothing is at " + at);
        }
        return changed;
    }

    /** The example without a member. */
    static ObjectNode without(ObjectNode example, JsonPointer at) {
        ObjectNode changed = example.deepCopy();
        ((ObjectNode) changed.at(at.head())).remove(at.last().getMatchingProperty());
        return changed;
    }
}
