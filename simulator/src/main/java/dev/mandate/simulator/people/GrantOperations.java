package dev.mandate.simulator.people;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.operation.Page;
import dev.mandate.simulator.seed.Permission;
import dev.mandate.simulator.seed.SeedApi;
import dev.mandate.simulator.tenant.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Roles and permissions, and who holds them: {@code users.permissions.*}, {@code roles.*}. */
public final class GrantOperations {

    private final Tenant tenant;

    /** The operations of one tenant. */
    public GrantOperations(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Behaviours by action. */
    public Map<String, Behaviour> byAction() {
        return Map.of(
                "users.permissions.list", this::userPermissions,
                "users.permissions.create", this::givePermissions,
                "users.permissions.delete", this::takePermissions,
                "roles.list", this::roles,
                "roles.permissions.list", this::rolePermissions,
                "roles.permissions.add", this::grantToRole,
                "roles.permissions.delete", this::takeFromRole);
    }

    /** Direct permissions and those of tenant roles, each once, with all of its sources. */
    private Response userPermissions(Call call) throws ApiError {
        String user = user(call);
        Map<Permission, ObjectNode> found = new LinkedHashMap<>();
        for (Permission permission : tenant.userPermissions(user)) {
            source(found, permission, "DIRECT", "", "");
        }
        for (String role : tenant.userRoles(user)) {
            for (Permission permission : tenant.roles().permissions(role)) {
                source(found, permission, "ROLE", role, tenant.roles().name(role));
            }
        }
        return Page.byNumber(call, "permissions", List.copyOf(found.values()));
    }

    private void source(Map<Permission, ObjectNode> found, Permission permission, String type, String id, String name) {
        ObjectNode entry = found.computeIfAbsent(permission, this::describe);
        ArrayNode sources = entry.withArrayProperty("sources");
        sources.add(Json.object().put("source_id", id).put("source_name", name).put("source_type", type));
    }

    private Response givePermissions(Call call) throws ApiError {
        String user = user(call);
        tenant.givePermissions(user, defined(call));
        return Response.empty(201);
    }

    private List<Permission> defined(Call call) throws ApiError {
        List<Permission> permissions = permissions(call);
        for (Permission permission : permissions) {
            boolean defined = tenant.api(permission.api())
                    .filter(api -> api.scopes().contains(permission.name()))
                    .isPresent();
            if (!defined) {
                throw ApiError.badRequest(
                        "The permission " + permission.name() + " does not exist on " + permission.api(),
                        "inexistent_permission");
            }
        }
        return permissions;
    }

    private Response takePermissions(Call call) throws ApiError {
        tenant.takePermissions(user(call), permissions(call));
        return Response.empty(204);
    }

    private Response roles(Call call) throws ApiError {
        String filter = call.query().find("name_filter").orElse("");
        List<ObjectNode> roles = tenant.roles().all().stream()
                .filter(role -> role.path("name").asString("").contains(filter))
                .toList();
        return Page.byNumber(call, "roles", roles);
    }

    private Response rolePermissions(Call call) throws ApiError {
        List<ObjectNode> permissions = tenant.roles().permissions(role(call)).stream()
                .map(this::describe)
                .toList();
        return Page.byNumber(call, "permissions", permissions);
    }

    private Response grantToRole(Call call) throws ApiError {
        tenant.roles().grant(role(call), defined(call));
        return Response.empty(call.success());
    }

    private Response takeFromRole(Call call) throws ApiError {
        tenant.roles().withdraw(role(call), permissions(call));
        return Response.empty(call.success());
    }

    private String role(Call call) throws ApiError {
        String role = call.path("id");
        if (!tenant.roles().has(role)) {
            throw ApiError.notFound("The role does not exist.", "inexistent_role");
        }
        return role;
    }

    private ObjectNode describe(Permission permission) {
        return Json.object()
                .put("permission_name", permission.name())
                .put("description", permission.name())
                .put("resource_server_identifier", permission.api())
                .put(
                        "resource_server_name",
                        tenant.api(permission.api()).map(SeedApi::name).orElse(permission.api()));
    }

    private String user(Call call) throws ApiError {
        String id = call.path("id");
        if (!tenant.users().has(id)) {
            throw ApiError.noSuchUser();
        }
        return id;
    }

    private static List<Permission> permissions(Call call) {
        return call.body()
                .path("permissions")
                .valueStream()
                .map(each -> new Permission(
                        each.path("resource_server_identifier").asString(),
                        each.path("permission_name").asString()))
                .toList();
    }
}
