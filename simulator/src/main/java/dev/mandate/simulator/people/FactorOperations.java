package dev.mandate.simulator.people;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Documents;
import dev.mandate.simulator.tenant.Tenant;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Second factors of people, and the policy that asks for them. */
public final class FactorOperations {

    private static final String POLICIES = "policies";

    private final Tenant tenant;

    /** The operations of one tenant. */
    public FactorOperations(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Behaviours by action. */
    public Map<String, Behaviour> byAction() {
        return Map.of(
                "users.multifactor.deleteProvider", this::deleteProvider,
                "users.multifactor.invalidateRememberBrowser", call -> Response.empty(204),
                "users.authenticators.deleteAll", this::deleteAll,
                "guardian.policies.list", _ -> policies(),
                "guardian.policies.set", this::setPolicies);
    }

    private Response deleteProvider(Call call) throws ApiError {
        String provider = call.path("provider");
        if (!tenant.users().has(call.path("id"))) {
            throw ApiError.noSuchUser();
        }
        enrollments(call)
                .removeIf(of(call).and(each -> provider.equals(each.path("type").asString(provider))));
        return Response.empty(204);
    }

    /** Enrollments and authentication methods, all at once. */
    private Response deleteAll(Call call) {
        enrollments(call).removeIf(of(call));
        tenant.collections()
                .at("/users/" + call.path("id") + "/authentication-methods")
                .clear();
        return Response.empty(204);
    }

    private Documents enrollments(Call call) {
        return tenant.collections().at("/guardian/enrollments");
    }

    private static Predicate<ObjectNode> of(Call call) {
        return each -> call.path("id").equals(each.path("user_id").asString(""));
    }

    private Documents guardian() {
        return tenant.collections().at("/guardian");
    }

    private Response policies() {
        ArrayNode policies = guardian()
                .find(POLICIES)
                .map(document -> document.withArrayProperty(POLICIES))
                .orElseGet(Json.MAPPER::createArrayNode);
        return Response.json(200, policies);
    }

    private Response setPolicies(Call call) throws ApiError {
        if (!call.content().isArray()) {
            throw ApiError.invalidBody("Expected type array");
        }
        guardian().remove(POLICIES);
        guardian().add(POLICIES, Json.object().set(POLICIES, call.content()));
        return policies();
    }
}
