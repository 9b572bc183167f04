package dev.mandate.simulator.people;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.operation.Fields;
import dev.mandate.simulator.operation.Page;
import dev.mandate.simulator.seed.Secret;
import dev.mandate.simulator.tenant.Ids;
import dev.mandate.simulator.tenant.Tenant;
import dev.mandate.simulator.tenant.Users;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code users.list}, {@code get}, {@code create}, {@code update}, {@code delete}. */
public final class UserOperations {

    private final Tenant tenant;
    private final Ids ids;

    /** The operations of one tenant. */
    public UserOperations(Tenant tenant, Ids ids) {
        this.tenant = tenant;
        this.ids = ids;
    }

    /** Behaviours by action. */
    public Map<String, Behaviour> byAction() {
        return Map.of(
                "users.list", this::list,
                "stats.getActiveUsersCount", this::count,
                "users.listUsersByEmail", this::byEmail,
                "connections.users.deleteByEmail", this::deleteByEmail,
                "users.get", this::get,
                "users.create", this::create,
                "users.update", this::update,
                "users.delete", this::delete);
    }

    private Response list(Call call) throws ApiError {
        Stream<ObjectNode> found = tenant.users().all().stream();
        Optional<String> query = call.query().findNonEmpty("q");
        if (query.isPresent()) {
            found = found.filter(UserQuery.parse(query.get()));
        }
        Optional<String> connection = call.query().findNonEmpty("connection");
        if (connection.isPresent()) {
            found = found.filter(user ->
                    connection.get().equals(user.at("/identities/0/connection").asString()));
        }
        Optional<String> sort = call.query().findNonEmpty("sort");
        if (sort.isPresent()) {
            found = found.sorted(order(sort.get()));
        }
        return Page.byNumber(call, "users", found.map(Fields.of(call)).toList());
    }

    private Response count(Call call) {
        return Response.json(
                200,
                Json.MAPPER.getNodeFactory().numberNode(tenant.users().all().size()));
    }

    private Response byEmail(Call call) throws ApiError {
        return Response.json(
                200,
                Json.MAPPER
                        .createArrayNode()
                        .addAll(withEmail(call).stream().map(Fields.of(call)).toList()));
    }

    private List<ObjectNode> withEmail(Call call) {
        String email = call.query().find("email").orElse("");
        return tenant.users().all().stream()
                .filter(user -> email.equalsIgnoreCase(user.path("email").asString("")))
                .toList();
    }

    private Response deleteByEmail(Call call) throws ApiError {
        if (!tenant.has("/connections", call.path("id"))) {
            throw ApiError.notFound("The connection does not exist.", "inexistent_connection");
        }
        withEmail(call).forEach(user -> tenant.deleteUser(user.path("user_id").asString()));
        return Response.empty(204);
    }

    private static Comparator<ObjectNode> order(String sort) throws ApiError {
        int colon = sort.lastIndexOf(':');
        String direction = sort.substring(colon + 1);
        if (colon < 1 || !List.of("1", "-1").contains(direction)) {
            throw ApiError.invalidQuery("String does not match pattern: ^(.+):(1|-1)$ on property sort");
        }
        String pointer = "/" + sort.substring(0, colon).replace('.', '/');
        Comparator<ObjectNode> ascending =
                Comparator.comparing(user -> user.at(pointer).asString(""));
        return direction.equals("1") ? ascending : ascending.reversed();
    }

    private Response get(Call call) throws ApiError {
        ObjectNode user = tenant.users().find(call.path("id")).orElseThrow(ApiError::noSuchUser);
        return Response.json(200, Fields.of(call).apply(user));
    }

    private Response create(Call call) throws ApiError {
        ObjectNode body = call.body();
        if (!body.path("connection").asString("").equals(Users.CONNECTION)) {
            throw ApiError.badRequest("The connection does not exist.", "inexistent_connection");
        }
        for (String needed : List.of("email", "password")) {
            if (!body.has(needed)) {
                throw ApiError.invalidBody("Missing required property: " + needed);
            }
        }
        String email = body.path("email").asString();
        String id = "auth0|" + body.path("user_id").asString(ids.hex24());
        ObjectNode user = Json.object().put("user_id", id).put("email_verified", false);
        user.put("name", email).put("nickname", email.substring(0, email.indexOf('@')));
        user.setAll(body.deepCopy().remove(List.of("connection", "password", "verify_email", "user_id")));
        Secret password = new Secret(body.path("password").asString());
        if (tenant.users().findByLogin(email).isPresent() || !tenant.users().add(user, Optional.of(password))) {
            throw ApiError.conflict("The user already exists.", "auth0_idp_error");
        }
        return Response.json(201, tenant.users().find(id).orElseThrow());
    }

    private Response update(Call call) throws ApiError {
        String id = call.path("id");
        if (!tenant.users().has(id)) {
            throw ApiError.noSuchUser();
        }
        UserChange change = UserChange.of(call.body());
        Optional<String> email = change.email();
        if (email.isPresent() && takenByAnother(email.get(), id)) {
            throw ApiError.badRequest("The specified new email already exists", "auth0_idp_error");
        }
        Optional<ObjectNode> user = change.password()
                .map(password -> tenant.users().update(id, change::apply, password))
                .orElseGet(() -> tenant.users().update(id, change::apply));
        return Response.json(200, user.orElseThrow(ApiError::noSuchUser));
    }

    private boolean takenByAnother(String email, String id) {
        return tenant.users()
                .findByLogin(email)
                .filter(other -> !id.equals(other.path("user_id").asString()))
                .isPresent();
    }

    /** Deleting who is not there succeeds too. */
    private Response delete(Call call) {
        tenant.deleteUser(call.path("id"));
        return Response.empty(204);
    }
}
