package dev.mandate.simulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request.
 *
 * @param method in upper case
 * @param path as sent, percent escapes and all
 * @param query as sent, without the question mark; empty when there was none
 * @param headers by lower-case name
 * @param body as sent
 */
public record Request(String method, String path, String query, Map<String, String> headers, byte[] body) {

    /** A header's value, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The bearer token, if one was presented. */
    public Optional<String> bearer() {
        return header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip());
    }

    /** What the caller calls this request in the tenant's log ({@code X-Correlation-ID}). */
    public Optional<String> correlationId() {
        return header("x-correlation-id");
    }

    /**
     * The path's segments, decoded one by one, so that an escaped slash stays inside its segment.
     *
     * @throws IllegalArgumentException when a percent escape is malformed
     */
    public List<String> segments() {
        return Arrays.stream(path.split("/", -1))
                .skip(1)
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    /** The path as people write it, percent escapes decoded; as sent, when an escape is malformed. */
    public String decodedPath() {
        return decoded(path);
    }

    /** A path as people write it, percent escapes decoded; as sent, when an escape is malformed. */
    public static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    /**
     * The query, decoded.
     *
     * @throws IllegalArgumentException when a percent escape is malformed
     */
    public Parameters parameters() {
        return Parameters.decode(query);
    }

    /** Names the request without its headers and body, which hold secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
