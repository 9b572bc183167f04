package dev.mandate.simulator.collection;

import java.util.List;

/** Path templates as text. */
final class Templates {

    private Templates() {}

    /** The template without its parameters' names, which differ from operation to operation. */
    static String anonymous(String template) {
        return template.replaceAll("\\{[^}]*}", "{}");
    }

    static List<String> segments(String template) {
        return template.isEmpty() ? List.of() : List.of(template.substring(1).split("/"));
    }

    static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    /** The name inside the braces. */
    static String name(String segment) {
        return segment.substring(1, segment.length() - 1);
    }

    static boolean endsInParameter(String template) {
        return template.endsWith("}");
    }

    static String above(String template) {
        return template.substring(0, template.lastIndexOf('/'));
    }

    static String last(String template) {
        return template.substring(template.lastIndexOf('/') + 1);
    }

    /** {@code feature-flags} is {@code feature_flag}, {@code clientId} is {@code client_id}. */
    static String snake(String name) {
        return name.replace('-', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }

    static String singular(String name) {
        String snake = snake(name);
        return snake.endsWith("ies")
                ? snake.substring(0, snake.length() - 3) + "y"
                : snake.endsWith("s") ? snake.substring(0, snake.length() - 1) : snake;
    }
}
