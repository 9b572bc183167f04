package dev.mandate.simulator.http;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One HTTP answer.
 *
 * @param status the status code
 * @param headers header fields by name
 * @param body the content; empty for none
 */
public record Response(int status, Map<String, String> headers, byte[] body) {

    /** An answer with JSON. */
    public static Response json(int status, JsonNode body) {
        return new Response(
                status, Map.of("content-type", "application/json; charset=utf-8"), Json.MAPPER.writeValueAsBytes(body));
    }

    /** An answer without content. */
    public static Response empty(int status) {
        return new Response(status, Map.of(), new byte[0]);
    }

    /** The same answer with more header fields. */
    public Response with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Response(status, all, body);
    }

    /** Names the status only; contents may hold secrets. */
    @Override
    public String toString() {
        return "Response[" + status + "]";
    }
}
