package dev.mandate.simulator.people;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Documents;
import dev.mandate.simulator.tenant.Tenant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code userBlocks.*}: blocks by brute-force protection, which have nothing to do with an administrator's
 * {@code blocked}.
 */
public final class BlockOperations {

    private static final String BLOCKED_FOR = "blocked_for";

    private final Tenant tenant;

    /** The operations of one tenant. */
    public BlockOperations(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Behaviours by action. */
    public Map<String, Behaviour> byAction() {
        return Map.of(
                "userBlocks.list", call -> list(user(call)),
                "userBlocks.delete", call -> delete(user(call)),
                "userBlocks.listByIdentifier",
                        call -> byIdentifier(call).map(this::list).orElseGet(BlockOperations::none),
                "userBlocks.deleteByIdentifier",
                        call -> byIdentifier(call).map(this::delete).orElseGet(() -> Response.empty(204)));
    }

    private Documents blocks() {
        return tenant.collections().at("/user-blocks");
    }

    private Response list(String user) {
        return blocks().find(user).map(block -> Response.json(200, block)).orElseGet(BlockOperations::none);
    }

    private Response delete(String user) {
        blocks().remove(user);
        return Response.empty(204);
    }

    private static Response none() {
        ObjectNode none = Json.object();
        none.putArray(BLOCKED_FOR);
        return Response.json(200, none);
    }

    private String user(Call call) throws ApiError {
        String id = call.path("id");
        if (!tenant.users().has(id)) {
            throw ApiError.noSuchUser();
        }
        return id;
    }

    private Optional<String> byIdentifier(Call call) {
        String identifier = call.query().find("identifier").orElse("");
        return tenant.users().all().stream()
                .filter(user -> identifier.equalsIgnoreCase(user.path("email").asString(""))
                        || identifier.equals(user.path("username").asString(""))
                        || identifier.equals(user.path("phone_number").asString("")))
                .map(user -> user.path("user_id").asString())
                .findFirst();
    }
}
