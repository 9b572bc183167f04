package dev.mandate.simulator.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON in and out; names are in snake case, as Auth0 writes them. */
public final class Json {

    /** The mapper that everything here shares; of typed values, unknown members are refused and any may be missing. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Json() {}

    /** An empty object to fill. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads an object.
     *
     * @throws MalformedJson when the bytes are no JSON, or not an object
     */
    public static ObjectNode objectFrom(byte[] bytes) throws MalformedJson {
        JsonNode node;
        try {
            node = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new MalformedJson("Invalid JSON", e);
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new MalformedJson("Not an object", null);
    }

    /** The bytes were not the JSON that was expected; the message holds nothing of them. */
    public static final class MalformedJson extends Exception {
        MalformedJson(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
