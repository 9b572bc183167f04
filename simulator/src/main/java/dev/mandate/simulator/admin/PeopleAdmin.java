package dev.mandate.simulator.admin;

import dev.mandate.simulator.admin.AdminApi.Call;
import dev.mandate.simulator.admin.AdminApi.Entry;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.seed.Permission;
import dev.mandate.simulator.tenant.Tenant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** People and what they hold, looked at and changed behind the Management API's back. */
final class PeopleAdmin {

    private static final Response DONE = Response.empty(204);

    private final Tenant tenant;

    PeopleAdmin(Tenant tenant) {
        this.tenant = tenant;
    }

    List<Entry> entries() {
        return List.of(
                Entry.of("GET", "/users", this::all),
                Entry.of("GET", "/users/{id}", call -> Response.json(200, describe(user(call)))),
                Entry.of("PUT", "/users/{id}/block", call -> block(call, true)),
                Entry.of("DELETE", "/users/{id}/block", call -> block(call, false)),
                Entry.of("DELETE", "/users/{id}", this::delete),
                Entry.of("PUT", "/users/{id}/roles/{role}", this::giveRole),
                Entry.of("DELETE", "/users/{id}/roles/{role}", this::takeRole),
                Entry.of("PUT", "/users/{id}/permissions", this::givePermission),
                Entry.of("DELETE", "/users/{id}/permissions", this::takePermission),
                Entry.of("PUT", "/organizations/{organization}/members/{id}", this::join),
                Entry.of("DELETE", "/organizations/{organization}/members/{id}", this::leave),
                Entry.of("PUT", "/organizations/{organization}/members/{id}/roles/{role}", this::giveMemberRole),
                Entry.of("DELETE", "/organizations/{organization}/members/{id}/roles/{role}", this::takeMemberRole));
    }

    private Response all(Call call) {
        ArrayNode users = Json.MAPPER.createArrayNode();
        tenant.users()
                .all()
                .forEach(user -> users.add(describe(user.path("user_id").asString())));
        return Response.json(200, users);
    }

    private ObjectNode describe(String id) {
        synchronized (tenant) {
            ObjectNode description = Json.object().put("user_id", id);
            description.put("revision", tenant.users().revision(id));
            description.put("blocked", tenant.users().isBlocked(id));
            tenant.users().find(id).ifPresent(user -> description.set("user", user));
            ArrayNode roles = description.putArray("roles");
            tenant.userRoles(id).forEach(role -> roles.add(tenant.roles().name(role)));
            ArrayNode permissions = description.putArray("permissions");
            tenant.userPermissions(id).forEach(each -> permissions.add(each.name()));
            ArrayNode organizations = description.putArray("organizations");
            tenant.organizations()
                    .of(id)
                    .forEach(each -> organizations.add(each.path("id").asString()));
            return description;
        }
    }

    private Response block(Call call, boolean blocked) {
        tenant.users().block(user(call), blocked);
        return DONE;
    }

    private Response delete(Call call) {
        tenant.deleteUser(user(call));
        return DONE;
    }

    private Response giveRole(Call call) {
        tenant.giveRoles(user(call), role(call));
        return DONE;
    }

    private Response takeRole(Call call) {
        tenant.takeRoles(user(call), role(call));
        return DONE;
    }

    private Response givePermission(Call call) throws Json.MalformedJson {
        tenant.givePermissions(user(call), permission(call));
        return DONE;
    }

    private Response takePermission(Call call) throws Json.MalformedJson {
        tenant.takePermissions(user(call), permission(call));
        return DONE;
    }

    private Response join(Call call) {
        tenant.organizations().addMembers(organization(call), List.of(user(call)));
        return DONE;
    }

    private Response leave(Call call) {
        tenant.organizations().removeMembers(organization(call), List.of(user(call)));
        return DONE;
    }

    private Response giveMemberRole(Call call) {
        tenant.organizations().giveRoles(organization(call), user(call), role(call));
        return DONE;
    }

    private Response takeMemberRole(Call call) {
        tenant.organizations().takeRoles(organization(call), user(call), role(call));
        return DONE;
    }

    private String user(Call call) {
        String id = call.path("id");
        if (!tenant.users().has(id)) {
            throw new IllegalArgumentException("There is no such user");
        }
        return id;
    }

    private String organization(Call call) {
        String id = call.path("organization");
        if (!tenant.organizations().has(id)) {
            throw new IllegalArgumentException("There is no such organization");
        }
        return id;
    }

    private List<String> role(Call call) {
        return List.of(tenant.roles().idOf(call.path("role")));
    }

    private static List<Permission> permission(Call call) throws Json.MalformedJson {
        ObjectNode body = Json.objectFrom(call.request().body());
        if (!body.path("api").isString() || !body.path("name").isString()) {
            throw new IllegalArgumentException("A permission has an api and a name");
        }
        return List.of(
                new Permission(body.path("api").asString(), body.path("name").asString()));
    }
}
