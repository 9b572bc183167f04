package dev.mandate.contracts.action;

import dev.mandate.contracts.json.StrictJson;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes one example of a schema: a walk along the schema that takes the same turn at every fork. */
final class ExampleValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String MEMBER = "example";
    private static final String NULL = "null";
    /** How many references may be followed in one another. */
    private static final int DEEPEST = StrictJson.MAX_DEPTH;

    private final ObjectNode schema;
    private final FlatSchemas schemas;
    private final FlatSchemas.Route start;
    private final ExampleStrings strings;
    /** The references that are being followed, so that a schema in itself is noticed. */
    private final Deque<String> following = new ArrayDeque<>();

    private int ways = 1;
    private Turns.Period period = Turns.Period.ONE;

    ExampleValues(ObjectNode schema, ExampleArguments.Strings strings, int turn) {
        this.schema = schema;
        this.schemas = new FlatSchemas(schema);
        this.start = FlatSchemas.Route.number(turn);
        this.strings = new ExampleStrings(strings);
    }

    JsonNode requiredOnly() {
        return value(schema, new Place(JsonPointer.empty(), start, false));
    }

    JsonNode everything() {
        return value(schema, new Place(JsonPointer.empty(), start, true));
    }

    /** How many turns it takes to see all the alternatives that are known of so far. */
    int ways() {
        return ways;
    }

    /** After how many turns the very same choices are made again, so that the example is the same, too. */
    Turns.Period period() {
        return period;
    }

    /**
     * A place in the example.
     *
     * @param at where it is
     * @param route which alternatives to take
     * @param everything whether what is optional is filled in
     */
    private record Place(JsonPointer at, FlatSchemas.Route route, boolean everything) {

        Place member(String name) {
            return new Place(at.appendProperty(name), route, everything);
        }

        Place element(int index) {
            return new Place(at.appendIndex(index), route, everything);
        }
    }

    private JsonNode value(JsonNode schema, Place place) {
        FlatSchemas.Flat here = schemas.of(schema, place.route);
        ways = Math.max(ways, here.route().ways());
        period = period.and(here.route().ways());
        boolean again = here.references().stream().anyMatch(following::contains);
        if (again && !place.everything && following.size() > DEEPEST) {
            throw new IllegalArgumentException("The schema has no end at " + place.at);
        }
        here.references().forEach(following::push);
        try {
            return value(
                    here.schema(), new Place(place.at, here.route(), place.everything && !again), type(here.schema()));
        } finally {
            here.references().forEach(reference -> following.pop());
        }
    }

    private JsonNode value(ObjectNode schema, Place place, String type) {
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.path("enum").isArray()) {
            return schema.get("enum").get(0);
        }
        return switch (type) {
            case "object" -> object(schema, place);
            case "array" -> array(schema, place);
            case "boolean" -> JSON.booleanNode(true);
            case "integer", "number" -> number(schema, type.equals("integer"));
            case NULL -> JSON.nullNode();
            default -> JSON.stringNode(strings.value(schema, place.at));
        };
    }

    private ObjectNode object(ObjectNode schema, Place place) {
        ObjectNode result = StrictJson.object();
        JsonNode properties = schema.path("properties");
        List<String> required = schema.path("required")
                .valueStream()
                .map(JsonNode::stringValue)
                .distinct()
                .toList();
        int least = Math.max(required.size(), schema.path("minProperties").intValue(0));
        int most = schema.path("maxProperties").intValue(Integer.MAX_VALUE);
        for (String name : names(properties, required)) {
            boolean wanted = place.everything ? result.size() < most : result.size() < least;
            if (required.contains(name) || wanted) {
                result.set(name, value(properties.path(name), place.member(name)));
            }
        }
        JsonNode others = schema.path("additionalProperties");
        boolean open = others.isObject() || others.booleanValue(true);
        if (open && (result.size() < least || (place.everything && result.isEmpty() && most > 0))) {
            JsonNode other = others.isObject() ? others : StrictJson.object();
            for (int i = 0; i == 0 || result.size() < least; i++) {
                String name = i == 0 ? MEMBER : MEMBER + i;
                result.set(name, value(other, place.member(name)));
            }
        }
        return result;
    }

    /** What is required first, since the others must not use up the room. */
    private static List<String> names(JsonNode properties, List<String> required) {
        var names = new ArrayList<>(required);
        properties.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !required.contains(name))
                .forEach(names::add);
        return names;
    }

    private ArrayNode array(ObjectNode schema, Place place) {
        ArrayNode result = JSON.arrayNode();
        int most = schema.path("maxItems").intValue(Integer.MAX_VALUE);
        int least = schema.path("minItems").intValue(0);
        int count = Math.min(most, place.everything ? Math.max(1, least) : least);
        for (int i = 0; i < count; i++) {
            result.add(value(schema.path("items"), place.element(i)));
        }
        return result;
    }

    private static JsonNode number(ObjectNode schema, boolean whole) {
        BigDecimal value = BigDecimal.ONE;
        if (schema.has("minimum")) {
            value = schema.get("minimum").decimalValue();
        } else if (schema.has("exclusiveMinimum")) {
            value = schema.get("exclusiveMinimum").decimalValue().add(BigDecimal.ONE);
        } else if (schema.has("maximum")) {
            value = value.min(schema.get("maximum").decimalValue());
        }
        if (!whole) {
            return JSON.numberNode(value);
        }
        long number = value.longValueExact();
        // as a parser would have it
        return (int) number == number ? JSON.numberNode((int) number) : JSON.numberNode(number);
    }

    /** The type that is declared, or that the other keywords speak of; of several, the first that is not null. */
    private static String type(ObjectNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.valueStream()
                    .map(JsonNode::stringValue)
                    .filter(name -> !name.equals(NULL))
                    .findFirst()
                    .orElse(NULL);
        }
        return type.stringValue(
                schema.has("properties") || schema.has("minProperties")
                        ? "object"
                        : schema.has("items") || schema.has("minItems")
                                ? "array"
                                : schema.has("minimum") || schema.has("maximum") ? "number" : "string");
    }
}
