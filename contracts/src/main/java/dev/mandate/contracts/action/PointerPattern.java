package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON pointer (RFC 6901) in which the step {@code *} stands for every element of an array and for the value of every
 * member of an object: {@code /body/secrets/*}{@code /value}. The empty one stands for the whole document.
 */
public final class PointerPattern {

    private static final String EACH = "*";

    private final String text;
    private final List<String> steps;

    private PointerPattern(String text) {
        // A pointer's own reading of the text tells whether it is one, and undoes ~0 and ~1.
        this.text = text;
        this.steps = Stream.iterate(JsonPointer.compile(text), pointer -> !pointer.matches(), JsonPointer::tail)
                .map(JsonPointer::getMatchingProperty)
                .toList();
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when it is no pointer
     */
    @JsonCreator
    public static PointerPattern of(String text) {
        return new PointerPattern(text);
    }

    /** The pattern's steps, from the outside in. */
    public List<String> steps() {
        return steps;
    }

    /** The places in a document that the pattern leads to, in their order there. A value there may be null. */
    public Stream<JsonPointer> in(JsonNode document) {
        return find(document, 0, JsonPointer.empty());
    }

    private Stream<JsonPointer> find(JsonNode node, int depth, JsonPointer here) {
        if (depth == steps.size()) {
            return Stream.of(here);
        }
        String step = steps.get(depth);
        return switch (node) {
            case ObjectNode object
            when step.equals(EACH) ->
                object.propertyStream()
                        .flatMap(member -> find(member.getValue(), depth + 1, here.appendProperty(member.getKey())));
            case ArrayNode array
            when step.equals(EACH) ->
                IntStream.range(0, array.size())
                        .boxed()
                        .flatMap(index -> find(array.get(index), depth + 1, here.appendIndex(index)));
            case ObjectNode object
            when object.has(step) -> find(object.get(step), depth + 1, here.appendProperty(step));
            default -> Stream.empty();
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PointerPattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
