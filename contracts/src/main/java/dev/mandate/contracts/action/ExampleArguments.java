package dev.mandate.contracts.action;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Example arguments out of an action's schema ({@link Catalogue#schema}): for documentation, and for tests that run
 * every action. The same schema always gives the same example, and the example satisfies the schema.
 *
 * <p>It honours {@code type}, {@code enum}, {@code const}, {@code format}, {@code pattern}, the bounds of lengths,
 * numbers, arrays and objects, {@code required}, {@code oneOf}, {@code anyOf}, {@code allOf} and {@code $ref}. A schema
 * that refers to itself is followed once; from then on only what is required is filled in. Strings that are free look
 * like what the format asks for, or read {@code example}, so that they are safe as path segments too.
 */
public final class ExampleArguments {

    private ExampleArguments() {}

    /** Where a caller has strings of its own to place: canaries, ids of things that exist. */
    @FunctionalInterface
    public interface Strings {

        /**
         * The string to put here, if the caller has one. It is used where it fits: a schema that allows only certain
         * values, another length or another pattern gets an example of its own instead.
         *
         * @param at where in the arguments
         * @param schema what is expected there, references followed
         */
        Optional<String> at(JsonPointer at, JsonNode schema);
    }

    /** Only what is required. */
    public static ObjectNode required(ObjectNode schema) {
        return required(schema, none());
    }

    /** As {@link #required(ObjectNode)}, with the caller's strings where they fit. */
    public static ObjectNode required(ObjectNode schema, Strings strings) {
        return (ObjectNode) new ExampleValues(schema, strings, 0).requiredOnly();
    }

    /** Every field, and the first of each choice. */
    public static ObjectNode complete(ObjectNode schema) {
        return complete(schema, none());
    }

    /** As {@link #complete(ObjectNode)}, with the caller's strings where they fit. */
    public static ObjectNode complete(ObjectNode schema, Strings strings) {
        return (ObjectNode) new ExampleValues(schema, strings, 0).everything();
    }

    /**
     * Every field, again and again, until each alternative of each {@code oneOf} and {@code anyOf} is in one of the
     * examples. The first is {@link #complete(ObjectNode, Strings)}.
     */
    public static List<ObjectNode> variants(ObjectNode schema, Strings strings) {
        var examples = new LinkedHashSet<ObjectNode>();
        var turns = new Turns();
        int ways = 1;
        for (int turn = 0; turn < ways; turn++) {
            if (turns.isRepetition(turn)) {
                continue;
            }
            var values = new ExampleValues(schema, strings, turn);
            examples.add((ObjectNode) values.everything());
            ways = Math.max(ways, values.ways());
            turns.taken(turn, values.period());
        }
        return List.copyOf(examples);
    }

    private static Strings none() {
        return (at, schema) -> Optional.empty();
    }
}
