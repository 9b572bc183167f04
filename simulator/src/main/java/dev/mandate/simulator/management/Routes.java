package dev.mandate.simulator.management;

import dev.mandate.contracts.action.Catalogue;
import dev.mandate.simulator.http.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the operation that a request means, by methods and path templates. */
final class Routes {

    private static final int PREFIX = 2;

    private final List<Route> routes;

    Routes(Catalogue catalogue) {
        routes = catalogue.operations().stream()
                .map(Route::of)
                .sorted(Comparator.comparingLong(
                        (Route route) -> route.template().parameters()))
                .toList();
    }

    /** An operation and its path parameters. */
    record Match(Route route, Map<String, String> path) {}

    Match find(Request request) throws ApiError {
        List<String> segments;
        try {
            segments = request.segments().stream().skip(PREFIX).toList();
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest("Malformed path", "invalid_uri");
        }
        for (Route route : routes) {
            Optional<Map<String, String>> path = route.template().match(segments);
            if (route.action().method().equals(request.method()) && path.isPresent()) {
                return new Match(route, path.get());
            }
        }
        throw ApiError.noSuchEndpoint();
    }
}
