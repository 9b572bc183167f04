package dev.mandate.simulator.management;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.tenant.Tenant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code clientGrants.list}: what the worker looks up about applications. Only grants to applications themselves
 * ({@code subject_type: client}) for APIs of the tenant's own are listed.
 */
final class ClientGrantOperations {

    private static final String SUBJECT_TYPE = "client";

    private final Tenant tenant;

    ClientGrantOperations(Tenant tenant) {
        this.tenant = tenant;
    }

    Map<String, Behaviour> byAction() {
        return Map.of("clientGrants.list", this::list);
    }

    private Response list(Call call) throws ApiError {
        List<ObjectNode> grants = tenant.clients().stream()
                .flatMap(client -> client.grants().entrySet().stream()
                        .map(grant -> describe(client.clientId(), grant.getKey(), grant.getValue())))
                .filter(grant -> Stream.of("audience", "client_id", "subject_type")
                        .allMatch(name -> call.query()
                                .find(name)
                                .map(grant.path(name).asString()::equals)
                                .orElse(true)))
                .toList();
        return Page.byCheckpoint(
                call, "client_grants", grants, grant -> grant.path("id").asString());
    }

    private static ObjectNode describe(String clientId, String audience, List<String> scopes) {
        ObjectNode grant = Json.object()
                .put("id", "cgr_" + Integer.toHexString((clientId + " " + audience).hashCode()))
                .put("client_id", clientId)
                .put("audience", audience)
                .put("subject_type", SUBJECT_TYPE);
        ArrayNode scope = grant.putArray("scope");
        scopes.forEach(scope::add);
        return grant;
    }
}
