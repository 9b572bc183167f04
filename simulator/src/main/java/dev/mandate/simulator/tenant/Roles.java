package dev.mandate.simulator.tenant;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.Permission;
import dev.mandate.simulator.seed.SeedRole;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The roles of a tenant and what they grant. */
public final class Roles {

    private final Documents documents = new Documents(Set.of());
    private final Map<String, Set<Permission>> permissions = new HashMap<>();

    Documents documents() {
        return documents;
    }

    synchronized void seed(SeedRole seed) {
        ObjectNode role =
                Json.object().put("id", seed.id()).put("name", seed.name()).put("description", seed.description());
        if (!documents.add(seed.id(), role)) {
            throw new IllegalArgumentException("Two roles with the id " + seed.id());
        }
        permissions.put(seed.id(), Set.copyOf(seed.permissions()));
    }

    /** A role's document. */
    public Optional<ObjectNode> find(String id) {
        return documents.find(id);
    }

    /** All roles, oldest first. */
    public List<ObjectNode> all() {
        return documents.all();
    }

    /** Whether there is such a role. */
    public boolean has(String id) {
        return documents.has(id);
    }

    /** A role's name. */
    public String name(String id) {
        return documents.find(id).map(role -> role.path("name").asString()).orElse(id);
    }

    /**
     * The id of the role with this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public String idOf(String name) {
        return documents
                .first(role -> name.equals(role.path("name").asString()))
                .map(role -> role.path("id").asString())
                .orElseThrow(() -> new IllegalArgumentException("No role is named " + name));
    }

    /** What a role grants. */
    public synchronized Set<Permission> permissions(String id) {
        return permissions.getOrDefault(id, Set.of());
    }

    /** Makes a role grant more. */
    public synchronized void grant(String id, Collection<Permission> more) {
        Set<Permission> all = new LinkedHashSet<>(permissions(id));
        all.addAll(more);
        permissions.put(id, Set.copyOf(all));
    }

    /** Makes a role grant less. */
    public synchronized void withdraw(String id, Collection<Permission> less) {
        Set<Permission> left = new LinkedHashSet<>(permissions(id));
        left.removeAll(less);
        permissions.put(id, Set.copyOf(left));
    }

    synchronized void forget(String id) {
        permissions.remove(id);
    }

    synchronized void clear() {
        documents.clear();
        permissions.clear();
    }
}
