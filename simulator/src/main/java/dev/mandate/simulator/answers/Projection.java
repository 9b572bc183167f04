package dev.mandate.simulator.answers;

import dev.mandate.simulator.http.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a stored document the shape of an answer: members that the answer does not have stay behind (what is only
 * written never comes back), and required ones that the document lacks are filled in.
 */
public final class Projection {

    private static final JsonNodeFactory NODES = Json.MAPPER.getNodeFactory();
    private static final String SOME_TIME = "2026-01-01T00:00:00.000Z";

    private Projection() {}

    /** The document in this shape. */
    public static JsonNode of(JsonNode value, Shape shape) {
        return project("value", value, shape);
    }

    private static JsonNode project(String name, @Nullable JsonNode value, Shape shape) {
        return switch (shape) {
            case Shape.Anything _ -> value == null ? Json.object() : value;
            case Shape.Text _ -> value != null && value.isString() ? value : NODES.stringNode(text(name));
            case Shape.Date _ -> value != null && value.isString() ? value : NODES.stringNode(SOME_TIME);
            case Shape.Numeric _ -> value != null && value.isNumber() ? value : NODES.numberNode(1);
            case Shape.Flag _ -> value != null && value.isBoolean() ? value : NODES.booleanNode(true);
            case Shape.Choice choice ->
                value != null && value.isString()
                        ? value
                        : NODES.stringNode(
                                choice.values().isEmpty()
                                        ? text(name)
                                        : choice.values().getFirst());
            case Shape.Listing listing -> list(name, value, listing.element());
            case Shape.Mapping mapping -> map(value, mapping.value());
            case Shape.Named named -> project(name, value, named.resolved());
            case Shape.Union union -> project(name, value, variant(value, union));
            case Shape.Document document -> object(value, document);
        };
    }

    private static Shape variant(@Nullable JsonNode value, Shape.Union union) {
        return union.variants().stream()
                .filter(variant -> value != null && fits(value, variant))
                .findFirst()
                .orElseGet(() -> union.variants().stream()
                        .filter(variant -> value == null || alike(value, variant))
                        .findFirst()
                        .orElse(union.variants().getFirst()));
    }

    private static ArrayNode list(String name, @Nullable JsonNode value, Shape element) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        if (value instanceof ArrayNode given) {
            given.forEach(each -> list.add(project(name, each, element)));
        }
        return list;
    }

    private static ObjectNode map(@Nullable JsonNode value, Shape shape) {
        ObjectNode map = Json.object();
        if (value instanceof ObjectNode given) {
            given.forEachEntry((name, each) -> map.set(name, project(name, each, shape)));
        }
        return map;
    }

    private static ObjectNode object(@Nullable JsonNode value, Shape.Document document) {
        ObjectNode object = Json.object();
        for (Map.Entry<String, Shape.Member> entry : document.members().entrySet()) {
            Shape.Member member = entry.getValue();
            JsonNode given = value == null ? null : value.get(entry.getKey());
            if (given != null && alike(given, member.shape())) {
                object.set(entry.getKey(), project(entry.getKey(), given, member.shape()));
            } else if (member.required()) {
                object.set(entry.getKey(), project(entry.getKey(), null, member.shape()));
            }
        }
        return object;
    }

    /** Whether a value has the kind that a shape wants, without a look inside. */
    private static boolean alike(JsonNode value, Shape shape) {
        return switch (shape.plain()) {
            case Shape.Anything _ -> true;
            case Shape.Text _, Shape.Date _, Shape.Choice _ -> value.isString();
            case Shape.Numeric number -> number.whole() ? value.isIntegralNumber() : value.isNumber();
            case Shape.Flag _ -> value.isBoolean();
            case Shape.Listing _ -> value.isArray();
            case Shape.Mapping _, Shape.Document _ -> value.isObject();
            case Shape.Union union -> union.variants().stream().anyMatch(variant -> alike(value, variant));
            case Shape.Named _ -> throw new IllegalStateException("A plain shape has no name");
        };
    }

    /** Whether a value needs no filling in, and says nothing that the shape does not know. */
    private static boolean fits(JsonNode value, Shape shape) {
        return switch (shape.plain()) {
            case Shape.Choice choice -> value.isString() && choice.values().contains(value.asString());
            case Shape.Listing listing ->
                value.isArray() && value.valueStream().allMatch(each -> fits(each, listing.element()));
            case Shape.Mapping mapping ->
                value.isObject() && value.valueStream().allMatch(each -> fits(each, mapping.value()));
            case Shape.Union union -> union.variants().stream().anyMatch(variant -> fits(value, variant));
            case Shape.Document document ->
                value.isObject()
                        && document.members().entrySet().stream()
                                .allMatch(member -> memberFits(value.get(member.getKey()), member.getValue()));
            case Shape.Anything _, Shape.Text _, Shape.Date _, Shape.Numeric _, Shape.Flag _, Shape.Named _ ->
                alike(value, shape);
        };
    }

    private static boolean memberFits(@Nullable JsonNode value, Shape.Member member) {
        return value == null ? !member.required() : fits(value, member.shape());
    }

    private static String text(String name) {
        return switch (name) {
            case String link
            when link.endsWith("url") || link.endsWith("uri") || link.equals("ticket") ->
                "https://simulated.example/" + name;
            case String mail when mail.contains("email") -> "someone@simulated.example";
            case "ip" -> "203.0.113.7";
            default -> "a-" + name.replace('_', '-');
        };
    }
}
