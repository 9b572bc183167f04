package dev.mandate.simulator.people;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.operation.Page;
import dev.mandate.simulator.seed.Permission;
import dev.mandate.simulator.tenant.Tenant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Roles and permissions that people really have: their own, and those that come with their groups. */
public final class EffectiveOperations {

    private static final String ID = "id";

    private final Tenant tenant;

    /** The operations of one tenant. */
    public EffectiveOperations(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Behaviours by action. */
    public Map<String, Behaviour> byAction() {
        return Map.of(
                "users.effectiveRoles.list", call -> page(call, "roles", roles(call)),
                "users.effectiveRoles.sources.groups.list", call -> page(call, "groups", groupsBehind(call)),
                "users.effectivePermissions.list", call -> page(call, "permissions", permissions(call)),
                "users.effectivePermissions.sources.roles.list", call -> page(call, "roles", rolesBehind(call)),
                "organizations.members.effectiveRoles.list", call -> page(call, "roles", memberRoles(call)),
                "organizations.members.effectiveRoles.sources.groups.list",
                        call -> {
                            memberRoles(call);
                            return page(call, "groups", List.of());
                        });
    }

    private static Response page(Call call, String name, List<ObjectNode> all) throws ApiError {
        return Page.wrapped(
                call,
                name,
                all,
                each -> each.path(ID).asString(each.path("permission_name").asString("")));
    }

    private List<ObjectNode> roles(Call call) throws ApiError {
        String user = user(call);
        Set<String> ids = new LinkedHashSet<>(tenant.userRoles(user));
        for (String group : tenant.relation("group-members").holders(user)) {
            ids.addAll(tenant.relation("group-roles").of(group));
        }
        return documents(ids);
    }

    private List<ObjectNode> groupsBehind(Call call) throws ApiError {
        String role = call.query().find("role_id").orElse("");
        Set<String> having =
                new LinkedHashSet<>(tenant.relation("group-members").holders(user(call)));
        having.retainAll(tenant.relation("group-roles").holders(role));
        return having.stream()
                .flatMap(id -> tenant.collections().at("/groups").find(id).stream())
                .toList();
    }

    private List<ObjectNode> permissions(Call call) throws ApiError {
        String api = call.query().find("resource_server_identifier").orElse("");
        Stream<String> direct = tenant.userPermissions(user(call)).stream()
                .filter(permission -> permission.api().equals(api))
                .map(Permission::name);
        Stream<String> byRoles = roles(call).stream()
                .flatMap(role -> tenant.roles().permissions(role.path(ID).asString()).stream())
                .filter(permission -> permission.api().equals(api))
                .map(Permission::name);
        return Stream.concat(direct, byRoles)
                .distinct()
                .map(name -> Json.object().put("permission_name", name).put("resource_server_identifier", api))
                .toList();
    }

    private List<ObjectNode> rolesBehind(Call call) throws ApiError {
        String api = call.query().find("resource_server_identifier").orElse("");
        String name = call.query().find("permission_name").orElse("");
        return roles(call).stream()
                .filter(role ->
                        tenant.roles().permissions(role.path(ID).asString()).contains(new Permission(api, name)))
                .toList();
    }

    private List<ObjectNode> memberRoles(Call call) throws ApiError {
        String organization = call.path(ID);
        String user = call.path("user_id");
        if (!tenant.organizations().isMember(organization, user)) {
            throw ApiError.notFound("The user is not a member of the organization.", "inexistent_member");
        }
        return documents(tenant.organizations().roles(organization, user));
    }

    private List<ObjectNode> documents(Collection<String> roles) {
        return roles.stream().flatMap(id -> tenant.roles().find(id).stream()).toList();
    }

    private String user(Call call) throws ApiError {
        String id = call.path(ID);
        if (!tenant.users().has(id)) {
            throw ApiError.noSuchUser();
        }
        return id;
    }
}
