package dev.mandate.simulator.people;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Tenant;
import dev.mandate.simulator.tenant.Users;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code users.identities.*}: linking makes the second person disappear into the first. An ID token ({@code link_with})
 * is taken on trust and names nobody here, so that it adds an identity of its own.
 */
public final class IdentityOperations {

    private static final String IDENTITIES = "identities";
    private static final String USER = "user_id";
    private static final String PROVIDER = "provider";
    private static final List<String> PROFILE =
            List.of("email", "email_verified", "name", "username", "given_name", "phone_number", "family_name");

    private final Tenant tenant;

    /** The operations of one tenant. */
    public IdentityOperations(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Behaviours by action. */
    public Map<String, Behaviour> byAction() {
        return Map.of("users.identities.link", this::link, "users.identities.delete", this::unlink);
    }

    private Response link(Call call) throws ApiError {
        String provider = call.body().path(PROVIDER).asString("auth0");
        String id = call.body().path(USER).asString("linked");
        String first = provider + "|";
        String rest = id.startsWith(first) ? id.substring(first.length()) : id;
        String secondary = first + rest;
        ArrayNode identities = identities(call);
        if (has(identities, provider, rest)) {
            throw ApiError.conflict("Specified identity is already linked to this user.", "identity_conflict");
        }
        Optional<ObjectNode> absorbed = tenant.users().find(secondary);
        tenant.deleteUser(secondary);
        ObjectNode identity = Json.object().put("connection", connection(provider));
        identity.put(USER, rest).put(PROVIDER, provider).put("isSocial", false);
        identities.add(absorbed.flatMap(IdentityOperations::linked).orElse(identity));
        return save(call, identities, 201);
    }

    /** What becomes of a person who is linked to another: an identity with what was in the profile. */
    private static Optional<ObjectNode> linked(ObjectNode absorbed) {
        if (!(absorbed.path(IDENTITIES).path(0) instanceof ObjectNode first)) {
            return Optional.empty();
        }
        ObjectNode identity = first.deepCopy();
        ObjectNode profile = identity.putObject("profileData");
        for (String member : PROFILE) {
            if (absorbed.has(member)) {
                profile.set(member, absorbed.get(member));
            }
        }
        return Optional.of(identity);
    }

    private static String connection(String provider) {
        return provider.equals("auth0") ? Users.CONNECTION : provider;
    }

    private Response unlink(Call call) throws ApiError {
        ArrayNode left = Json.MAPPER.createArrayNode();
        ArrayNode identities = identities(call);
        String provider = call.path(PROVIDER);
        String id = call.path(USER);
        if (!has(identities, provider, id)) {
            throw ApiError.notFound("The identity does not exist.", "inexistent_identity");
        }
        if (identities.size() == 1) {
            throw ApiError.badRequest("The main identity can't be unlinked.", "invalid_identity");
        }
        identities.valueStream().filter(each -> !is(each, provider, id)).forEach(left::add);
        return save(call, left, 200);
    }

    private ArrayNode identities(Call call) throws ApiError {
        return tenant.users()
                .find(call.path("id"))
                .orElseThrow(ApiError::noSuchUser)
                .withArrayProperty(IDENTITIES);
    }

    private Response save(Call call, ArrayNode identities, int status) {
        tenant.users().update(call.path("id"), user -> user.set(IDENTITIES, identities));
        return Response.json(status, identities);
    }

    private static boolean has(ArrayNode identities, String provider, String id) {
        return identities.valueStream().anyMatch(each -> is(each, provider, id));
    }

    private static boolean is(JsonNode identity, String provider, String id) {
        return identity.path(PROVIDER).asString("").equals(provider)
                && identity.path(USER).asString("").equals(id);
    }
}
