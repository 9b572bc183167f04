package dev.mandate.simulator.management;

import dev.mandate.contracts.action.Action;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operation of the catalogue, ready to be matched.
 *
 * @param template the segments of its path template
 */
record Route(Action action, List<String> template) {

    static Route of(Action action) {
        return new Route(action, Arrays.stream(action.path().split("/")).skip(1).toList());
    }

    /** The path parameters by name, if these segments (below {@code /api/v2}) fit the template. */
    Optional<Map<String, String>> match(List<String> segments) {
        if (segments.size() != template.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String expected = template.get(i);
            String segment = segments.get(i);
            if (isParameter(expected)) {
                parameters.put(expected.substring(1, expected.length() - 1), segment);
            } else if (!expected.equals(segment)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** Fixed segments bind tighter than parameters: {@code /a/b} is preferred to {@code /a/{id}}. */
    long parameters() {
        return template.stream().filter(Route::isParameter).count();
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
