package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.json.StrictJson;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step of a macro.
 *
 * @param action the name of the operation
 * @param arguments its arguments; an object {@code {"$from": "/id"}} anywhere in them stands for what the macro's own
 *     arguments hold at that JSON pointer
 */
public record Step(
        @JsonProperty(value = "action", required = true) String action,
        @JsonProperty(value = "arguments", required = true) ObjectNode arguments) {

    private static final String FROM = "$from";

    /** The step's arguments, with the macro's in their places. A member for which the macro's have none is left out. */
    ObjectNode filled(ObjectNode given) {
        return members(arguments, given);
    }

    private static ObjectNode members(ObjectNode template, ObjectNode given) {
        ObjectNode filled = StrictJson.object();
        template.properties()
                .forEach(member ->
                        fill(member.getValue(), given).ifPresent(value -> filled.set(member.getKey(), value)));
        return filled;
    }

    private static Optional<JsonNode> fill(JsonNode template, ObjectNode given) {
        return switch (template) {
            case ObjectNode object
            when object.has(FROM) ->
                Optional.of(given.at(object.get(FROM).stringValue()))
                        .filter(value -> !value.isMissingNode())
                        .map(JsonNode::deepCopy);
            case ObjectNode object -> Optional.of(members(object, given));
            case ArrayNode array -> {
                ArrayNode filled = array.arrayNode();
                array.forEach(element -> fill(element, given).ifPresent(filled::add));
                yield Optional.of(filled);
            }
            default -> Optional.of(template);
        };
    }
}
