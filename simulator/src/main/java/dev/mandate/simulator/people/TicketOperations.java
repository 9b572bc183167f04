package dev.mandate.simulator.people;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Ids;
import dev.mandate.simulator.tenant.Tenant;
import java.util.Map;

/** {@code tickets.*}: every call makes a new link. */
public final class TicketOperations {

    private final Tenant tenant;
    private final Ids ids;
    private final String issuer;

    /** The operations of one tenant. */
    public TicketOperations(Tenant tenant, Ids ids, String issuer) {
        this.tenant = tenant;
        this.ids = ids;
        this.issuer = issuer;
    }

    /** Behaviours by action. */
    public Map<String, Behaviour> byAction() {
        return Map.of("tickets.changePassword", this::changePassword, "tickets.verifyEmail", this::verifyEmail);
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
        return ticket("lo/reset");
    }

    private Response verifyEmail(Call call) throws ApiError {
        if (!tenant.users().has(call.body().path("user_id").asString())) {
            throw ApiError.noSuchUser();
        }
        return ticket("u/email-verification");
    }

    private Response ticket(String page) {
        String ticket = issuer + page + "?ticket=" + ids.prefixed("", 32) + "#";
        return Response.json(201, Json.object().put("ticket", ticket));
    }
}
