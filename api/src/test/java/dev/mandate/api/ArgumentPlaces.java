package dev.mandate.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a schema says of the places in an example, as far as it says it without alternatives: of which type a value is,
 * and whether it can be left out.
 */
final class ArgumentPlaces {

    private static final Map<String, JsonNode> VALUES = Map.of(
            "integer", IntNode.valueOf(17),
            "string", StringNode.valueOf("wrong"),
            "boolean", BooleanNode.TRUE);

    private final ObjectNode schema;
    private final List<Place> places = new ArrayList<>();

    private ArgumentPlaces(ObjectNode schema) {
        this.schema = schema;
    }

    /**
     * A place.
     *
     * @param types the types of JSON Schema that it takes; none if it takes any
     * @param required whether the object that it is a member of can't do without it
     */
    record Place(JsonPointer at, List<String> types, boolean required) {

        /** A value of a type that is none of its types. */
        JsonNode wrong() {
            return VALUES.entrySet().stream()
                    .filter(value -> !types.contains(value.getKey()))
                    .filter(value -> !(value.getKey().equals("integer") && types.contains("number")))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
        }
    }

    static List<Place> of(ObjectNode schema, ObjectNode example) {
        var found = new ArgumentPlaces(schema);
        found.look(schema, example, JsonPointer.empty());
        return found.places;
    }

    private void look(JsonNode here, JsonNode value, JsonPointer at) {
        JsonNode meant = followed(here);
        if (value.isArray() && !value.isEmpty()) {
            look(meant.path("items"), value.get(0), at.appendIndex(0));
        }
        if (value instanceof ObjectNode object) {
            List<String> required = texts(meant.path("required"));
            meant.path("properties").properties().stream()
                    .filter(property -> object.has(property.getKey()))
                    .forEach(property -> {
                        JsonPointer member = at.appendProperty(property.getKey());
                        JsonNode type = followed(property.getValue()).path("type");
                        places.add(new Place(
                                member,
                                type.isString() ? List.of(type.stringValue()) : texts(type),
                                required.contains(property.getKey())));
                        look(property.getValue(), object.get(property.getKey()), member);
                    });
        }
    }

    private JsonNode followed(JsonNode here) {
        String reference = here.path("$ref").asString("");
        return reference.isEmpty() ? here : followed(schema.at(reference.substring(1)));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
