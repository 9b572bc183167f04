package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.topic.Target;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * How to read a target out of an action's arguments.
 *
 * @param type the target's type
 * @param ids where its id is, in order of preference. None: the whole collection
 */
public record TargetRule(
        @JsonProperty(value = "type", required = true) String type,
        @JsonProperty(value = "ids", required = true) List<PointerPattern> ids) {

    private static final String COLLECTION = "*";

    /** Copies the list. */
    public TargetRule {
        ids = List.copyOf(ids);
    }

    /** A rule from JSON pointers, as the table has them. */
    public static TargetRule of(String type, String... ids) {
        return new TargetRule(type, Stream.of(ids).map(PointerPattern::of).toList());
    }

    /** The one target that gives the record key: the first id that is present, else the whole collection. */
    Target single(JsonNode arguments) {
        return found(arguments)
                .findFirst()
                .map(id -> new Target(type, id))
                .orElseGet(() -> new Target(type, COLLECTION));
    }

    /** Every target that this rule finds; none if the ids that it looks for are absent. */
    Stream<Target> all(JsonNode arguments) {
        return ids.isEmpty()
                ? Stream.of(new Target(type, COLLECTION))
                : found(arguments).map(id -> new Target(type, id));
    }

    private Stream<String> found(JsonNode arguments) {
        return ids.stream()
                .flatMap(pattern -> pattern.in(arguments))
                .map(arguments::at)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(id -> !id.isEmpty());
    }
}
