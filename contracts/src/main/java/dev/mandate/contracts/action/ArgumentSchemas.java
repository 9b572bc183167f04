package dev.mandate.contracts.action;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.mandate.contracts.json.StrictJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schemas of the actions' arguments: put together from the table, compiled when first used. */
final class ArgumentSchemas {

    private static final String REFERENCE = "#/$defs/";
    private static final int MAX_PROBLEMS = 20;

    private final ObjectNode components;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .regularExpressionFactory(BoundedValidation::regularExpression)
                    .build()));
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

    ArgumentSchemas(ObjectNode components) {
        this.components = components;
    }

    List<Problem> validate(Action action, ObjectNode arguments) {
        var problems = new ArrayList<Problem>();
        action.unsafeIds(arguments).forEach(place -> problems.add(new Problem(place, "is not a safe id")));
        Schema schema = compiled.computeIfAbsent(action.name(), name -> registry.getSchema(document(action)));
        BoundedValidation.errors(schema, arguments)
                .ifPresentOrElse(
                        errors -> errors.stream()
                                .map(ArgumentSchemas::problem)
                                .distinct()
                                .limit(MAX_PROBLEMS)
                                .forEach(problems::add),
                        () -> problems.add(new Problem("", "is wrong in too many places to name them")));
        return problems;
    }

    ObjectNode document(Action action) {
        ObjectNode properties = StrictJson.object();
        ObjectNode document = StrictJson.object().put("type", "object").put("additionalProperties", false);
        document.set("properties", properties);
        ArrayNode required = document.putArray("required");
        action.pathParameters().forEach(parameter -> {
            properties.set(parameter.name(), parameter.schema().deepCopy());
            required.add(parameter.name());
        });
        if (!action.queryParameters().isEmpty()) {
            properties.set(Action.QUERY, query(action));
            if (action.queryParameters().stream().anyMatch(Parameter::required)) {
                required.add(Action.QUERY);
            }
        }
        action.body().ifPresent(body -> properties.set(Action.BODY, body.deepCopy()));
        if (action.bodyRequired()) {
            required.add(Action.BODY);
        }
        ObjectNode reachable = reachable(document);
        if (!reachable.isEmpty()) {
            document.set("$defs", reachable);
        }
        return document;
    }

    private static ObjectNode query(Action action) {
        ObjectNode query = StrictJson.object().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = query.putObject("properties");
        ArrayNode required = query.putArray("required");
        for (Parameter parameter : action.queryParameters()) {
            properties.set(parameter.name(), parameter.schema().deepCopy());
            if (parameter.required()) {
                required.add(parameter.name());
            }
        }
        return query;
    }

    /** The shared schemas that a document refers to, directly or through others. */
    private ObjectNode reachable(ObjectNode document) {
        ObjectNode result = StrictJson.object();
        Set<String> seen = new HashSet<>();
        var open = new ArrayDeque<String>(references(document));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (seen.add(name)) {
                JsonNode schema = components.get(name);
                if (schema == null) {
                    throw new IllegalStateException("The catalogue lacks the schema " + name);
                }
                result.set(name, schema);
                open.addAll(references(schema));
            }
        }
        return result;
    }

    private static Collection<String> references(JsonNode schema) {
        return schema.findValues("$ref").stream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(reference -> reference.startsWith(REFERENCE))
                .map(reference -> reference.substring(REFERENCE.length()))
                .toList();
    }

    /** Says what the schema expects. The validator's own text may repeat the value, which may be a secret. */
    private static Problem problem(Error error) {
        String pointer = String.valueOf(error.getInstanceLocation());
        String expected = switch (error.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties" ->
                "has a member that is not known here: " + cut(error.getProperty());
            case "required" -> "lacks the member " + cut(error.getProperty());
            case "type",
                    "enum",
                    "const",
                    "pattern",
                    "format",
                    "minLength",
                    "maxLength",
                    "minimum",
                    "maximum",
                    "minItems",
                    "maxItems",
                    "uniqueItems",
                    "minProperties",
                    "maxProperties" -> {
                JsonNode rule = error.getSchemaNode();
                yield "must satisfy " + error.getKeyword() + (rule == null ? "" : " " + cut(rule.toString()));
            }
            default -> "must satisfy " + error.getKeyword();
        };
        return new Problem(pointer, expected);
    }

    private static String cut(String text) {
        return text == null ? "" : text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
