package dev.mandate.worker.limits;

import dev.mandate.contracts.action.Action;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Endpoints that are taken to share a bucket at Auth0, such as {@code write organizations/members}: those of one path,
 * ids left out, that read, write or delete. Auth0's documented limits draw no finer line than that; where its bucket is
 * a coarser one, an answer to any of its families shows how full it is.
 *
 * @param name what is read, written or deleted
 */
public record Family(String name) {

    /** The family of an operation. */
    public static Family of(Action action) {
        return of(action.method(), action.path());
    }

    /**
     * The family of an endpoint.
     *
     * @param path the path's template, such as {@code /users/{id}/roles}
     */
    public static Family of(String method, String path) {
        String kind = switch (method) {
            case "GET" -> "read ";
            case "DELETE" -> "delete ";
            default -> "write ";
        };
        return new Family(Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty() && !segment.startsWith("{"))
                .collect(Collectors.joining("/", kind, "")));
    }
}
