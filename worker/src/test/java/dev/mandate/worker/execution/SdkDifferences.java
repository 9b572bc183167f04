package dev.mandate.worker.execution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The list of what Auth0's SDK sends otherwise than the worker, each with its reason: {@code sdk-differences.txt}. A
 * line tells a difference, and the actions that have it or, where they are many, how many they are.
 */
final class SdkDifferences {

    private static final String RESOURCE = "sdk-differences.txt";
    private static final String MANY = " operations";

    private SdkDifferences() {}

    /** The actions by difference, as the list has them. */
    static Map<String, String> listed() {
        try (InputStream resource = SdkDifferences.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(": ", 2))
                    .collect(Collectors.toMap(
                            parts -> parts[0],
                            parts -> parts[1],
                            (one, other) -> {
                                throw new IllegalStateException("A difference is listed twice");
                            },
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was found, told as the list tells it. */
    static Map<String, String> told(Map<String, Set<String>> found, Map<String, String> listed) {
        var told = new TreeMap<String, String>();
        found.forEach((difference, actions) -> told.put(
                difference,
                listed.getOrDefault(difference, "").endsWith(MANY)
                        ? actions.size() + MANY
                        : String.join(", ", actions)));
        return told;
    }
}
