package dev.mandate.contracts.action;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Every place that an action's schema describes, as a pattern, with the schemas that describe it: alternatives
 * ({@code oneOf} and the like) give several. A schema within itself is followed once.
 */
final class SchemaPlaces {

    private static final String DEFINITIONS = "#/$defs/";

    private final JsonNode definitions;
    private final Map<String, List<JsonNode>> places = new TreeMap<>();

    private SchemaPlaces(JsonNode document) {
        definitions = document.path("$defs");
    }

    static Map<String, List<JsonNode>> of(JsonNode document) {
        var found = new SchemaPlaces(document);
        found.walk(document, "", new HashSet<>());
        return found.places;
    }

    private void walk(JsonNode schema, String here, Set<String> open) {
        String reference = schema.path("$ref").asString("");
        if (!reference.isEmpty()) {
            if (open.add(reference)) {
                walk(definitions.get(reference.substring(DEFINITIONS.length())), here, open);
                open.remove(reference);
            }
            return;
        }
        places.computeIfAbsent(here, any -> new ArrayList<>()).add(schema);
        schema.path("properties")
                .properties()
                .forEach(member -> walk(member.getValue(), here + "/" + member.getKey(), open));
        for (String each : List.of("items", "additionalProperties")) {
            if (schema.path(each).isObject()) {
                walk(schema.get(each), here + "/*", open);
            }
        }
        for (String alternatives : List.of("oneOf", "anyOf", "allOf")) {
            schema.path(alternatives).forEach(alternative -> walk(alternative, here, open));
        }
    }
}
