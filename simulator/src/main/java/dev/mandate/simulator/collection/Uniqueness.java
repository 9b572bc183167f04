package dev.mandate.simulator.collection;

import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.tenant.Documents;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refuses a second document with the same natural key, where Auth0 declares a 409. */
final class Uniqueness {

    private final Layout layout;
    private final String collection;
    private final boolean declared;

    Uniqueness(Layout layout, String action, String collection) {
        this.layout = layout;
        this.collection = collection;
        this.declared = layout.answers().declares(action, 409);
    }

    /** Checks a body for a document that is new, or has this id already. */
    void check(Documents documents, JsonNode body, String id) throws ApiError {
        List<String> key = declared ? layout.key(collection, body) : List.of();
        if (!key.isEmpty() && documents.hasOther(id, other -> isSame(other, body, key))) {
            throw conflict();
        }
    }

    /** Whether a taken id is a conflict, or the document is simply made anew. */
    boolean isDeclared() {
        return declared;
    }

    ApiError conflict() {
        String what = Templates.singular(Templates.last(collection));
        return ApiError.conflict("The " + what.replace('_', ' ') + " already exists.", what + "_conflict");
    }

    private static boolean isSame(ObjectNode other, JsonNode body, List<String> key) {
        return key.stream()
                .allMatch(member -> body.has(member) && other.path(member).equals(body.path(member)));
    }
}
