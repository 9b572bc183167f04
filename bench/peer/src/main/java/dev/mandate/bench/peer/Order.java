package dev.mandate.bench.peer;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command in plain JSON: nobody signed it, nobody checks it.
 *
 * @param id its name, which the upstream finds in the body
 * @param user whom it is about
 * @param body what is sent to the upstream
 */
public record Order(String id, String user, String body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Reads {@code {"id":…,"user":…,"body":{…}}}. */
    public static Order parse(byte[] json) {
        return of(JSON.readTree(json));
    }

    /** The same from a string. */
    public static Order parse(String json) {
        return of(JSON.readTree(json));
    }

    private static Order of(JsonNode order) {
        return new Order(
                order.path("id").asString(),
                order.path("user").asString(),
                order.path("body").toString());
    }

    /** What is recorded of it once it was done. */
    public byte[] result() {
        return ("{\"id\":\"" + id + "\",\"status\":200}").getBytes(StandardCharsets.UTF_8);
    }
}
