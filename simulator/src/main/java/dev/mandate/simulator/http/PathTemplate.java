package dev.mandate.simulator.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path with named parameters, such as {@code /users/{id}/roles}. */
public final class PathTemplate {

    private final List<String> segments;

    /** Reads a template that begins with a slash. */
    public PathTemplate(String template) {
        segments = Arrays.stream(template.split("/", -1)).skip(1).toList();
    }

    /** The parameters by name, if these decoded segments fit. */
    public Optional<Map<String, String>> match(List<String> actual) {
        if (actual.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < actual.size(); i++) {
            String expected = segments.get(i);
            if (isParameter(expected)) {
                parameters.put(expected.substring(1, expected.length() - 1), actual.get(i));
            } else if (!expected.equals(actual.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
