package dev.mandate.contracts.action;

import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the catalogue's table out of its sources in {@code src/catalogue}. */
final class CatalogueSources {

    private static final Path SOURCES = Path.of("src/catalogue");
    private static final String REFERENCE = "#/$defs/";
    private static final String OPENAPI_REFERENCE = "#/components/schemas/";

    private CatalogueSources() {}

    static String table() throws IOException {
        // Where OpenAPI keeps shared schemas, JSON Schema 2020-12 has $defs. Braces that are meant are escaped.
        // Alternatives that differ in their formats only overlap, since formats are not asserted: an IPv4 address is a
        // string as good as an IPv6 address, and exactly one of both would let nobody name either.
        JsonNode facts = StrictJson.parse(Files.readString(SOURCES.resolve("management-operations.json"))
                .replace(OPENAPI_REFERENCE, REFERENCE)
                .replace("\"oneOf\"", "\"anyOf\"")
                .replace("{org_id}|{org_name}", "\\\\{org_id\\\\}|\\\\{org_name\\\\}")
                .getBytes(StandardCharsets.UTF_8));
        Review review = Review.read(SOURCES);
        var operations = new TreeMap<String, JsonNode>();
        facts.get("operations")
                .forEach(operation -> operations.put(operation.get("action").stringValue(), operation));

        var text = new StringBuilder("{\"actions\": [\n");
        var used = new TreeMap<String, JsonNode>();
        Set<String> gone = review.mentioned();
        gone.removeAll(operations.keySet());
        if (!gone.isEmpty()) {
            throw new IllegalStateException("Reviewed, but no operations (any more): " + gone);
        }
        var actions = new TreeMap<String, ObjectNode>();
        operations.forEach((name, operation) -> actions.put(name, action(operation, review, facts.get("schemas"))));
        actions.putAll(new MacroSources(actions).all(review.macros()));
        String separator = "";
        for (ObjectNode action : actions.values()) {
            collect(action, facts.get("schemas"), used);
            text.append(separator).append(new String(StrictJson.write(action), StandardCharsets.UTF_8));
            separator = ",\n";
        }
        text.append("\n],\n\"schemas\": {\n");
        separator = "";
        for (var schema : used.entrySet()) {
            text.append(separator)
                    .append('"')
                    .append(schema.getKey())
                    .append("\": ")
                    .append(new String(StrictJson.write(schema.getValue()), StandardCharsets.UTF_8));
            separator = ",\n";
        }
        return text.append("\n}}\n").toString();
    }

    private static ObjectNode action(JsonNode operation, Review review, JsonNode schemas) {
        ObjectNode action = StrictJson.object();
        for (String name : new String[] {"action", "method", "path", "pathParameters", "queryParameters"}) {
            action.set(name, operation.get(name));
        }
        String path = operation.get("path").stringValue();
        ArrayNode inOrder = action.putArray("pathParameters");
        operation
                .get("pathParameters")
                .valueStream()
                .sorted(Comparator.comparingInt(
                        each -> path.indexOf("{" + each.get("name").stringValue() + "}")))
                .forEach(inOrder::add);
        boolean required = false;
        if (operation.get("body").isObject()) {
            ObjectNode body = resolved(operation.get("body").get("schema"), schemas);
            review.narrow(operation.get("action").stringValue(), body);
            required = operation.get("body").get("required").booleanValue() || body.has("required");
            action.set("body", body);
            action.set("bodyType", operation.get("body").get("contentType"));
        }
        action.put("bodyRequired", required);
        action.set("scopes", operation.get("leastScopes"));
        action.set("success", operation.get("success"));
        action.set("async", operation.get("async"));
        action.setAll(review.of(operation));
        for (String name : new String[] {"lifecycle", "sdk320"}) {
            if (!operation.get(name).isNull()) {
                action.set(name.equals("sdk320") ? "sdk" : name, operation.get(name));
            }
        }
        action.putArray("steps");
        return action;
    }

    /**
     * The body's schema with its first reference followed, and closed: marks are on members by name, so a member that
     * nobody has reviewed must not slip past them.
     */
    private static ObjectNode resolved(JsonNode schema, JsonNode schemas) {
        JsonNode body = schema;
        if (body.has("$ref")) {
            body = schemas.get(body.get("$ref").stringValue().substring(REFERENCE.length()));
        }
        ObjectNode closed = ((ObjectNode) body).deepCopy();
        if (closed.has("properties")) {
            closed.put("additionalProperties", false);
        }
        return closed;
    }

    private static void collect(JsonNode root, JsonNode schemas, TreeMap<String, JsonNode> used) {
        var open = new ArrayDeque<JsonNode>();
        open.add(root);
        while (!open.isEmpty()) {
            for (JsonNode reference : open.pop().findValues("$ref")) {
                String name = reference.stringValue().substring(REFERENCE.length());
                if (used.put(name, schemas.get(name)) == null) {
                    open.add(schemas.get(name));
                }
            }
        }
    }
}
