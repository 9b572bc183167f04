package dev.mandate.simulator.tenant;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.SeedOrganization;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The organizations of a tenant, their members, and the roles that members hold inside them. */
public final class Organizations {

    private final Documents documents = new Documents(Set.of());
    private final Grants<String> members = new Grants<>();
    private final Grants<String> memberRoles = new Grants<>();

    Documents documents() {
        return documents;
    }

    void seed(SeedOrganization seed, Roles roles) {
        ObjectNode organization =
                Json.object().put("id", seed.id()).put("name", seed.name()).put("display_name", seed.displayName());
        if (!documents.add(seed.id(), organization)) {
            throw new IllegalArgumentException("Two organizations with the id " + seed.id());
        }
        for (SeedOrganization.Member member : seed.members()) {
            addMembers(seed.id(), List.of(member.userId()));
            giveRoles(
                    seed.id(),
                    member.userId(),
                    member.roles().stream().map(roles::idOf).toList());
        }
    }

    /** An organization's document. */
    public Optional<ObjectNode> find(String id) {
        return documents.find(id);
    }

    /** Whether there is such an organization. */
    public boolean has(String id) {
        return documents.has(id);
    }

    /** The organizations that a person belongs to. */
    public List<ObjectNode> of(String userId) {
        return documents.all().stream()
                .filter(organization ->
                        members.of(organization.path("id").asString()).contains(userId))
                .toList();
    }

    /** Ids of an organization's members. */
    public Set<String> members(String id) {
        return members.of(id);
    }

    /** Whether a person belongs to an organization. */
    public boolean isMember(String id, String userId) {
        return members.of(id).contains(userId);
    }

    /** Makes people members. */
    public void addMembers(String id, Collection<String> userIds) {
        members.give(id, userIds);
    }

    /** Ends memberships, and the roles that came with them. */
    public void removeMembers(String id, Collection<String> userIds) {
        members.take(id, userIds);
        userIds.forEach(userId -> memberRoles.takeAll(membership(id, userId)));
    }

    /** Ids of the roles that a member holds inside an organization. */
    public Set<String> roles(String id, String userId) {
        return memberRoles.of(membership(id, userId));
    }

    /** Gives a member roles inside an organization. */
    public void giveRoles(String id, String userId, Collection<String> roleIds) {
        memberRoles.give(membership(id, userId), roleIds);
    }

    /** Takes away roles inside an organization. */
    public void takeRoles(String id, String userId, Collection<String> roleIds) {
        memberRoles.take(membership(id, userId), roleIds);
    }

    void forget(String userId) {
        for (ObjectNode organization : documents.all()) {
            removeMembers(organization.path("id").asString(), List.of(userId));
        }
    }

    void dissolve(String id) {
        removeMembers(id, members.of(id));
    }

    void withdrawRole(String roleId) {
        memberRoles.withdraw(roleId);
    }

    void clear() {
        documents.clear();
        members.clear();
        memberRoles.clear();
    }

    /** Neither id can hold a line break, so the pair is unambiguous. */
    private static String membership(String id, String userId) {
        return id + "\n" + userId;
    }
}
