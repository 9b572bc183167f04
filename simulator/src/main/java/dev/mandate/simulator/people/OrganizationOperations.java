package dev.mandate.simulator.people;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.operation.Fields;
import dev.mandate.simulator.operation.Page;
import dev.mandate.simulator.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code organizations.members.*} and {@code users.organizations.list}. */
public final class OrganizationOperations {

    private static final List<String> MEMBER_FIELDS = List.of("user_id", "email", "name", "picture");

    private final Tenant tenant;

    /** The operations of one tenant. */
    public OrganizationOperations(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Behaviours by action. */
    public Map<String, Behaviour> byAction() {
        return Map.of(
                "users.organizations.list", this::ofUser,
                "organizations.members.list", this::members,
                "organizations.members.create", this::addMembers,
                "organizations.members.delete", this::removeMembers,
                "organizations.members.roles.list", this::memberRoles,
                "organizations.members.roles.assign", this::assignRoles,
                "organizations.members.roles.delete", this::takeRoles);
    }

    private Response ofUser(Call call) throws ApiError {
        String user = call.path("id");
        if (!tenant.users().has(user)) {
            throw ApiError.noSuchUser();
        }
        return Page.byNumber(call, "organizations", tenant.organizations().of(user));
    }

    private Response members(Call call) throws ApiError {
        String organization = organization(call);
        boolean withRoles = call.query()
                .findNonEmpty("fields")
                .filter(fields -> fields.contains("roles"))
                .isPresent();
        UnaryOperator<ObjectNode> fields = Fields.of(call);
        List<ObjectNode> members = new ArrayList<>();
        for (String id : tenant.organizations().members(organization)) {
            Optional<ObjectNode> user = tenant.users().find(id);
            user.ifPresent(document -> {
                ObjectNode member = document.retain(MEMBER_FIELDS);
                if (withRoles) {
                    member.set("roles", roles(organization, id));
                }
                members.add(member);
            });
        }
        List<ObjectNode> shown = members.stream().map(fields).toList();
        Map<ObjectNode, String> ids = new java.util.IdentityHashMap<>();
        for (int i = 0; i < shown.size(); i++) {
            ids.put(shown.get(i), members.get(i).path("user_id").asString());
        }
        return Page.byCheckpoint(call, "members", shown, member -> ids.getOrDefault(member, ""));
    }

    private ArrayNode roles(String organization, String user) {
        ArrayNode roles = Json.MAPPER.createArrayNode();
        for (String id : tenant.organizations().roles(organization, user)) {
            roles.add(Json.object().put("id", id).put("name", tenant.roles().name(id)));
        }
        return roles;
    }

    private Response addMembers(Call call) throws ApiError {
        String organization = organization(call);
        List<String> users = call.texts("members");
        if (!users.stream().allMatch(tenant.users()::has)) {
            throw ApiError.badRequest("One or more of the specified users do not exist.", "inexistent_user");
        }
        tenant.organizations().addMembers(organization, users);
        return Response.empty(204);
    }

    private Response removeMembers(Call call) throws ApiError {
        tenant.organizations().removeMembers(organization(call), call.texts("members"));
        return Response.empty(204);
    }

    private Response memberRoles(Call call) throws ApiError {
        String organization = organization(call);
        List<ObjectNode> roles = tenant.organizations().roles(organization, member(call, organization)).stream()
                .flatMap(id -> tenant.roles().find(id).stream())
                .toList();
        return Page.byNumber(call, "roles", roles);
    }

    private Response assignRoles(Call call) throws ApiError {
        String organization = organization(call);
        String member = member(call, organization);
        List<String> roles = call.texts("roles");
        RoleCheck.allExist(tenant, roles);
        tenant.organizations().giveRoles(organization, member, roles);
        return Response.empty(204);
    }

    private Response takeRoles(Call call) throws ApiError {
        String organization = organization(call);
        tenant.organizations().takeRoles(organization, member(call, organization), call.texts("roles"));
        return Response.empty(204);
    }

    private String organization(Call call) throws ApiError {
        String id = call.path("id");
        if (!tenant.organizations().has(id)) {
            throw ApiError.notFound("No organization found by that id or name", "inexistent_organization");
        }
        return id;
    }

    private String member(Call call, String organization) throws ApiError {
        String user = call.path("user_id");
        if (!tenant.organizations().isMember(organization, user)) {
            throw ApiError.notFound("The user is not a member of the organization.", "inexistent_member");
        }
        return user;
    }
}
