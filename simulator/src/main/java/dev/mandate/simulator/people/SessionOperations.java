package dev.mandate.simulator.people;

import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code users.revokeAccess} and {@code refreshTokens.revoke}: ending what people and applications are logged in with.
 * Blocking a person ends none of it.
 */
public final class SessionOperations {

    private static final String USER = "user_id";

    private final Tenant tenant;

    /** The operations of one tenant. */
    public SessionOperations(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Behaviours by action. */
    public Map<String, Behaviour> byAction() {
        return Map.of("users.revokeAccess", this::revokeAccess, "refreshTokens.revoke", this::revokeTokens);
    }

    /** One session or all, and with them, unless they are to be preserved, refresh tokens. */
    private Response revokeAccess(Call call) throws ApiError {
        String user = call.path("id");
        if (!tenant.users().has(user)) {
            throw ApiError.noSuchUser();
        }
        Optional<String> session = text(call, "session_id");
        Predicate<ObjectNode> own = has(USER, user);
        tenant.collections()
                .at("/sessions")
                .removeIf(session.map(id -> own.and(has("id", id))).orElse(own));
        if (!call.body().path("preserve_refresh_tokens").asBoolean(false)) {
            tenant.collections()
                    .at("/refresh-tokens")
                    .removeIf(session.map(id -> own.and(has("session_id", id))).orElse(own));
        }
        return Response.empty(call.success());
    }

    private Response revokeTokens(Call call) throws ApiError {
        List<String> ids = call.texts("ids");
        Optional<Predicate<ObjectNode>> meant = List.of(USER, "client_id", "audience").stream()
                .flatMap(name -> text(call, name).map(value -> has(name, value)).stream())
                .reduce(Predicate::and);
        if (ids.isEmpty() == meant.isEmpty()) {
            throw ApiError.invalidBody("Either ids, or user_id and client_id, are required");
        }
        tenant.collections()
                .at("/refresh-tokens")
                .removeIf(meant.orElse(token -> ids.contains(token.path("id").asString())));
        return Response.empty(call.success());
    }

    private static Optional<String> text(Call call, String member) {
        String text = call.body().path(member).asString("");
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Predicate<ObjectNode> has(String member, String value) {
        return document -> value.equals(document.path(member).asString(""));
    }
}
