package dev.mandate.simulator.journal;

import dev.mandate.simulator.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One request that the simulator saw.
 *
 * @param number counts from 1 in the order of arrival
 * @param at when it arrived
 * @param method the method
 * @param path the path as sent, percent escapes and all
 * @param query the query as sent; empty for none
 * @param headers by lower-case name; they hold the bearer token
 * @param body the body as sent; it may hold secrets
 * @param correlationId {@code X-Correlation-ID}
 * @param client the application that its bearer token names, verified or not
 * @param scopes the scopes that its bearer token names, verified or not
 * @param status what was decided, whether or not the answer arrived; empty while undecided, and when cut before that
 * @param decidedAt when that was decided, and so done where it asked for a change; before any answer is sent
 * @param faults the effects that struck it
 */
public record SeenRequest(
        long number,
        Instant at,
        String method,
        String path,
        String query,
        Map<String, String> headers,
        byte[] body,
        Optional<String> correlationId,
        Optional<String> client,
        List<String> scopes,
        OptionalInt status,
        Optional<Instant> decidedAt,
        List<String> faults) {

    /** The path as people write it, percent escapes decoded. */
    public String decodedPath() {
        return Request.decoded(path);
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether it asked to change something at the Management API. */
    public boolean isManagementWrite() {
        return path.startsWith("/api/v2/") && !method.equals("GET");
    }

    SeenRequest answered(int decided, Instant when) {
        return new SeenRequest(
                number,
                at,
                method,
                path,
                query,
                headers,
                body,
                correlationId,
                client,
                scopes,
                OptionalInt.of(decided),
                Optional.of(when),
                faults);
    }

    SeenRequest struckBy(List<String> effects) {
        return new SeenRequest(
                number,
                at,
                method,
                path,
                query,
                headers,
                body,
                correlationId,
                client,
                scopes,
                status,
                decidedAt,
                List.copyOf(effects));
    }

    /** Leaves query, headers and body out, which may hold secrets. */
    @Override
    public String toString() {
        return "#" + number + " " + method + " " + path + " -> " + (status.isPresent() ? status.getAsInt() : "-")
                + (faults.isEmpty() ? "" : " " + faults);
    }
}
