package dev.mandate.simulator.answers;

import dev.mandate.simulator.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * The shapes of answers, by action: {@code answers.json}, which is written by looking at the types of Auth0's SDK and
 * says in its own small language what they hold. Shapes are built when they are first used.
 */
public final class Answers {

    private static final String RESOURCE = "answers.json";

    private final JsonNode answers;
    private final JsonNode refusals;
    private final JsonNode scopes;
    private final JsonNode types;
    private final Map<String, Shape> built = new ConcurrentHashMap<>();

    private Answers(JsonNode table) {
        answers = table.path("answers");
        refusals = table.path("refusals");
        scopes = table.path("scopes");
        types = table.path("types");
    }

    /** The shapes that come with this version. */
    public static Answers bundled() {
        try (InputStream resource = Answers.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("The jar lacks " + RESOURCE);
            }
            return new Answers(Json.MAPPER.readTree(resource.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the SDK knows the operation at all. */
    public boolean knows(String action) {
        return answers.has(action);
    }

    /** The shape of an action's answer; nothing where the SDK reads none, or does not know the action. */
    public Optional<Shape> of(String action) {
        String text = answers.path(action).asString("");
        return text.isEmpty() ? Optional.empty() : Optional.of(shape(text));
    }

    /** Whether Auth0 declares that an action may be refused with this status: 404 or 409. */
    public boolean declares(String action, int status) {
        return refusals.path(action).valueStream().anyMatch(each -> each.asInt() == status);
    }

    /** The scopes that Auth0 declares for an action, where they are several. */
    public List<String> scopes(String action) {
        return scopes.path(action).valueStream().map(JsonNode::asString).toList();
    }

    /** The shape of a name. */
    Shape named(String name) {
        Shape known = built.get(name);
        if (known == null) {
            known = build(types.path(name));
            built.put(name, known);
        }
        return known;
    }

    private Shape build(JsonNode type) {
        if (type.has("values")) {
            return new Shape.Choice(
                    type.path("values").valueStream().map(JsonNode::asString).toList());
        }
        if (type.has("union")) {
            return new Shape.Union(type.path("union")
                    .valueStream()
                    .map(JsonNode::asString)
                    .map(this::shape)
                    .toList());
        }
        Map<String, Shape.Member> members = new LinkedHashMap<>();
        type.path("fields").forEachEntry((name, text) -> members.put(name, member(text.asString())));
        return new Shape.Document(members);
    }

    private Shape.Member member(String text) {
        boolean optional = text.endsWith("?");
        return new Shape.Member(shape(optional ? text.substring(0, text.length() - 1) : text), !optional);
    }

    private Shape shape(String text) {
        String inner = text.substring(1, text.length() - 1);
        return switch (text) {
            case "string" -> new Shape.Text();
            case "date" -> new Shape.Date();
            case "integer" -> new Shape.Numeric(true);
            case "number" -> new Shape.Numeric(false);
            case "boolean" -> new Shape.Flag();
            case "any" -> new Shape.Anything();
            case String list
            when list.startsWith("[") -> new Shape.Listing(member(inner).shape());
            case String map
            when map.startsWith("{") -> new Shape.Mapping(member(inner).shape());
            default -> new Shape.Named(this, text);
        };
    }
}
