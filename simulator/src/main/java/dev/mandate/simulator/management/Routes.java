package dev.mandate.simulator.management;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.simulator.http.Request;
import dev.mandate.simulator.operation.ApiError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the operation that a request means, segment by segment; a literal segment goes before a parameter. */
final class Routes {

    private static final int PREFIX = 2;

    private final Node root = new Node();

    Routes(Catalogue catalogue) {
        catalogue.operations().forEach(this::add);
    }

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Route> routes = new HashMap<>();
        private @Nullable Node parameter;
    }

    private record Route(Action action, List<String> parameters) {}

    /** An operation and its path parameters, in their order. */
    record Match(Action action, Map<String, String> path) {}

    private void add(Action action) {
        Node node = root;
        List<String> parameters = new ArrayList<>();
        for (String segment : action.path().substring(1).split("/")) {
            if (segment.startsWith("{")) {
                parameters.add(segment.substring(1, segment.length() - 1));
                if (node.parameter == null) {
                    node.parameter = new Node();
                }
                node = node.parameter;
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        node.routes.put(action.method(), new Route(action, List.copyOf(parameters)));
    }

    Match find(Request request) throws ApiError {
        List<String> segments;
        try {
            segments = request.segments();
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest("Malformed path", "invalid_uri");
        }
        List<String> values = new ArrayList<>();
        Route route = find(root, request.method(), segments, Math.min(PREFIX, segments.size()), values);
        if (route == null) {
            throw ApiError.noSuchEndpoint();
        }
        Map<String, String> path = LinkedHashMap.newLinkedHashMap(values.size());
        for (int i = 0; i < values.size(); i++) {
            path.put(route.parameters().get(i), values.get(i));
        }
        return new Match(route.action(), path);
    }

    private static @Nullable Route find(
            Node node, String method, List<String> segments, int depth, List<String> values) {
        if (depth == segments.size()) {
            return node.routes.get(method);
        }
        String segment = segments.get(depth);
        Node literal = node.literals.get(segment);
        Route route = literal == null ? null : find(literal, method, segments, depth + 1, values);
        if (route == null && node.parameter != null) {
            values.add(segment);
            route = find(node.parameter, method, segments, depth + 1, values);
            if (route == null) {
                values.removeLast();
            }
        }
        return route;
    }
}
