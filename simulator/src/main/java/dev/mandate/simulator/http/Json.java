package dev.mandate.simulator.http;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON in and out; names are in snake case, as Auth0 writes them. */
public final class Json {

    /** The mapper that everything here shares; unknown members of typed values are refused. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
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
        MalformedJson(String message, @org.jspecify.annotations.Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
