package dev.mandate.contracts.action;

import dev.mandate.contracts.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sees a schema without references and forks: references followed, one alternative taken, all parts put together. */
final class FlatSchemas {

    private static final String DEFINITIONS = "#/$defs/";
    private static final List<String> FORKS = List.of("oneOf", "anyOf");

    private final JsonNode definitions;

    FlatSchemas(ObjectNode document) {
        this.definitions = document.path("$defs");
    }

    /**
     * Which alternatives to take: at a fork of n the one with the number {@code turn} modulo n, and beneath it on with
     * {@code turn} divided by n. So turns counted up from 0 come to every alternative of every fork.
     *
     * @param turn the number
     * @param ways how many numbers it takes to see all the ways up to here
     */
    record Route(int turn, int ways) {

        static Route number(int turn) {
            return new Route(turn, 1);
        }

        private Route past(int alternatives) {
            return new Route(turn / alternatives, ways * alternatives);
        }
    }

    /** A schema, the names of those that it was found through, and the route beneath it. */
    record Flat(ObjectNode schema, List<String> references, Route route) {}

    Flat of(JsonNode schema, Route route) {
        return flatten(schema, new Flat(StrictJson.object(), new ArrayList<>(), route));
    }

    private Flat flatten(JsonNode schema, Flat found) {
        // true, like a missing schema, allows anything
        ObjectNode own = StrictJson.object();
        schema.properties().stream()
                .filter(keyword -> !isComposition(keyword.getKey()))
                .forEach(keyword -> own.set(keyword.getKey(), keyword.getValue()));
        add(found.schema, own);
        Flat flat = found;
        String reference = schema.path("$ref").stringValue("");
        if (reference.startsWith(DEFINITIONS)) {
            String name = reference.substring(DEFINITIONS.length());
            if (flat.references.contains(name)) {
                throw new IllegalArgumentException("The schema " + name + " is nothing but itself");
            }
            flat.references.add(name);
            flat = flatten(definitions.path(name), flat);
        }
        for (JsonNode part : schema.path("allOf")) {
            flat = flatten(part, flat);
        }
        for (String fork : FORKS) {
            JsonNode ways = schema.path(fork);
            if (ways.isArray() && !ways.isEmpty()) {
                Route route = flat.route;
                flat = flatten(
                        ways.get(route.turn % ways.size()),
                        new Flat(flat.schema, flat.references, route.past(ways.size())));
            }
        }
        return flat;
    }

    private static boolean isComposition(String keyword) {
        return keyword.equals("$ref") || keyword.equals("allOf") || FORKS.contains(keyword);
    }

    /** Members and requirements add up; of other keywords the more special one counts. */
    private static void add(ObjectNode flat, ObjectNode part) {
        part.properties().forEach(keyword -> {
            String name = keyword.getKey();
            JsonNode value = keyword.getValue();
            switch (name) {
                case "properties" -> {
                    ObjectNode merged = StrictJson.object();
                    flat.path(name).properties().forEach(member -> merged.set(member.getKey(), member.getValue()));
                    value.properties().forEach(member -> merged.set(member.getKey(), member.getValue()));
                    flat.set(name, merged);
                }
                case "required" -> {
                    ArrayNode merged = StrictJson.object().putArray(name);
                    flat.path(name).forEach(merged::add);
                    value.forEach(merged::add);
                    flat.set(name, merged);
                }
                case "additionalProperties" -> {
                    if (!flat.has(name) || value.isObject()) {
                        flat.set(name, value);
                    }
                }
                default -> flat.set(name, value);
            }
        });
    }
}
