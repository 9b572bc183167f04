package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.topic.Target;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * How to read a target out of an action's arguments.
 *
 * @param type the target's type
 * @param ids JSON pointers to its id, in order of preference; a pointer that ends in {@code /*} stands for every
 *     element of an array. None: the whole collection
 */
public record TargetRule(
        @JsonProperty(value = "type", required = true) String type,
        @JsonProperty(value = "ids", required = true) List<String> ids) {

    private static final String EACH = "/*";
    private static final String COLLECTION = "*";

    /** Copies the list. */
    public TargetRule {
        ids = List.copyOf(ids);
    }

    /** The one target that gives the record key: the first id that is present, else the whole collection. */
    Target single(JsonNode arguments) {
        return ids.stream()
                .flatMap(pointer -> read(arguments, pointer))
                .findFirst()
                .map(id -> new Target(type, id))
                .orElseGet(() -> new Target(type, COLLECTION));
    }

    /** Every target that this rule finds; none if the ids that it looks for are absent. */
    Stream<Target> all(JsonNode arguments) {
        return ids.isEmpty()
                ? Stream.of(new Target(type, COLLECTION))
                : ids.stream().flatMap(pointer -> read(arguments, pointer)).map(id -> new Target(type, id));
    }

    private static Stream<String> read(JsonNode arguments, String pointer) {
        boolean each = pointer.endsWith(EACH);
        JsonNode found = arguments.at(
                JsonPointer.compile(each ? pointer.substring(0, pointer.length() - EACH.length()) : pointer));
        Stream<JsonNode> nodes = each && found.isArray() ? found.valueStream() : Stream.of(found);
        return nodes.filter(JsonNode::isString).map(JsonNode::stringValue).filter(id -> !id.isEmpty());
    }
}
