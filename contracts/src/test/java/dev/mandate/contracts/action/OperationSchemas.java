package dev.mandate.contracts.action;

import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The arguments' schema of every operation in the facts file, reviewed or not. */
final class OperationSchemas {

    private static final Path FACTS = Path.of("src/catalogue/management-operations.json");

    /**
     * Alternatives that overlap while formats are not asserted (an IPv4 address is a string as good as an IPv6 address)
     * can't be exclusive; and a brace is a literal to ECMA-262, but not to Java.
     */
    private static final Map<String, String> READABLE = Map.of(
            "#/components/schemas/", "#/$defs/",
            "\"oneOf\"", "\"anyOf\"",
            "{org_id}|{org_name}", "\\\\{org_id}|\\\\{org_name}");

    private OperationSchemas() {}

    record Operation(String name, ObjectNode schema) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Operation> all() {
        try {
            String text = Files.readString(FACTS);
            for (var written : READABLE.entrySet()) {
                text = text.replace(written.getKey(), written.getValue());
            }
            JsonNode facts = StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
            return facts.get("operations")
                    .valueStream()
                    .map(operation -> new Operation(
                            operation.get("action").stringValue(), schema(operation, facts.get("schemas"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode schema(JsonNode operation, JsonNode definitions) {
        ObjectNode document = parameters(operation.get("pathParameters"));
        ObjectNode properties = (ObjectNode) document.get("properties");
        ArrayNode required = (ArrayNode) document.get("required");
        if (!operation.get("queryParameters").isEmpty()) {
            ObjectNode query = parameters(operation.get("queryParameters"));
            properties.set(Action.QUERY, query);
            if (!query.get("required").isEmpty()) {
                required.add(Action.QUERY);
            }
        }
        if (operation.get("body").isObject()) {
            properties.set(Action.BODY, operation.get("body").get("schema"));
            if (operation.get("body").get("required").booleanValue()) {
                required.add(Action.BODY);
            }
        }
        document.set("$defs", reachable(document, definitions));
        return document;
    }

    private static ObjectNode reachable(JsonNode document, JsonNode definitions) {
        ObjectNode result = StrictJson.object();
        var open = new ArrayDeque<JsonNode>(List.of(document));
        while (!open.isEmpty()) {
            for (JsonNode reference : open.pop().findValues("$ref")) {
                String name = reference.stringValue().substring("#/$defs/".length());
                if (!result.has(name)) {
                    result.set(name, definitions.get(name));
                    open.push(definitions.get(name));
                }
            }
        }
        return result;
    }

    private static ObjectNode parameters(JsonNode parameters) {
        ObjectNode schema = StrictJson.object().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (JsonNode parameter : parameters) {
            String name = parameter.get("name").stringValue();
            properties.set(name, parameter.get("schema"));
            if (parameter.get("required").booleanValue()) {
                required.add(name);
            }
        }
        return schema;
    }
}
