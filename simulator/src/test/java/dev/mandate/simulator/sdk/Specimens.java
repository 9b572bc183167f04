package dev.mandate.simulator.sdk;

import dev.mandate.simulator.http.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a value that a JSON Schema of the catalogue allows: with required members only, or with all. */
final class Specimens {

    private static final JsonNodeFactory NODES = Json.MAPPER.getNodeFactory();
    private static final int DEEP = 4;

    private final JsonNode definitions;
    private final boolean all;

    Specimens(JsonNode document, boolean all) {
        this.definitions = document.path("$defs");
        this.all = all;
    }

    JsonNode of(JsonNode schema) {
        return value("value", schema, 0);
    }

    private JsonNode value(String name, JsonNode given, int depth) {
        JsonNode schema = resolved(given);
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        String type = type(schema);
        if (type.equals("object")) {
            return object(schema, depth);
        }
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.path(choice).size() > 0) {
                return value(name, schema.path(choice).path(0), depth);
            }
        }
        return switch (type) {
            case "array" -> array(name, schema, depth);
            case "boolean" -> NODES.booleanNode(true);
            case "integer" -> NODES.numberNode(schema.path("minimum").asInt(1));
            case "number" -> NODES.numberNode(schema.path("minimum").asInt(1));
            case "string" -> NODES.stringNode(Texts.of(name, schema));
            default -> Json.object();
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.path(0).asString("");
        }
        return type.asString(schema.has("properties") ? "object" : "");
    }

    private JsonNode array(String name, JsonNode schema, int depth) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        int least = Math.max(schema.path("minItems").asInt(0), depth < DEEP ? 1 : 0);
        for (int i = 0; i < least; i++) {
            array.add(value(name, schema.path("items"), depth + 1));
        }
        return array;
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = Json.object();
        for (JsonNode part : schema.path("allOf")) {
            if (value("part", part, depth) instanceof ObjectNode members) {
                object.setAll(members);
            }
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(each -> required.add(each.asString()));
        int most = schema.path("maxProperties").asInt(Integer.MAX_VALUE);
        schema.path("properties").forEachEntry((name, property) -> {
            if (required.contains(name)
                    || object.size() < most && all && depth < DEEP && !deprecated(resolved(property))) {
                object.set(name, value(name, property, depth + 1));
            }
        });
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.path(choice).size() > 0
                    && value("choice", schema.path(choice).path(0), depth) instanceof ObjectNode members) {
                object.setAll(members);
            }
        }
        if (object.isEmpty() && schema.path("minProperties").asInt(0) > 0) {
            fill(object, schema, depth);
        }
        return object;
    }

    private void fill(ObjectNode object, JsonNode schema, int depth) {
        String name =
                schema.path("properties").propertyNames().stream().findFirst().orElse("");
        if (!name.isEmpty()) {
            object.set(name, value(name, schema.path("properties").path(name), depth + 1));
        } else {
            object.set("member", value("member", schema.path("additionalProperties"), depth + 1));
        }
    }

    private static boolean deprecated(JsonNode schema) {
        return schema.path("deprecated").asBoolean(false);
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode resolved = schema;
        while (resolved.has("$ref")) {
            resolved = definitions.path(resolved.path("$ref").asString().substring("#/$defs/".length()));
        }
        return resolved;
    }
}
