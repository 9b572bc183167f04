package dev.mandate.simulator.management;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.tenant.Ids;
import dev.mandate.simulator.tenant.Tenant;
import java.util.Map;

/** {@code tickets.changePassword}: every call makes a new link. */
final class TicketOperations {

    private final Tenant tenant;
    private final Ids ids;
    private final String issuer;

    TicketOperations(Tenant tenant, Ids ids, String issuer) {
        this.tenant = tenant;
        this.ids = ids;
        this.issuer = issuer;
    }

    Map<String, Behaviour> byAction() {
        return Map.of("tickets.changePassword", this::changePassword);
    }

    private Response changePassword(Call call) throws ApiError {
        boolean byId = call.body().has("user_id");
        boolean byEmail = call.body().has("email") && call.body().has("connection_id");
        if (byId == byEmail) {
            throw ApiError.invalidBody("Either user_id, or email and connection_id, are required");
        }
        boolean known = byId
                ? tenant.users().has(call.body().path("user_id").asString())
                : tenant.users()
                        .findByLogin(call.body().path("email").asString())
                        .isPresent();
        if (!known) {
            throw ApiError.noSuchUser();
        }
        String ticket = issuer + "lo/reset?ticket=" + ids.prefixed("", 32) + "#";
        return Response.json(201, Json.object().put("ticket", ticket));
    }
}
