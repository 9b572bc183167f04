package dev.mandate.simulator.tenant;

import dev.mandate.simulator.seed.Permission;
import dev.mandate.simulator.seed.Seed;
import dev.mandate.simulator.seed.SeedApi;
import dev.mandate.simulator.seed.SeedClient;
import dev.mandate.simulator.seed.SeedUser;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * One tenant's state. Every part may be used by any thread; who needs several steps to be one holds the tenant's
 * monitor, as the Management API does for each operation.
 */
public final class Tenant {

    private static final String ORGANIZATIONS = "/organizations";
    private static final String MEMBERS = "/members";

    private final Users users;
    private final Roles roles = new Roles();
    private final Organizations organizations = new Organizations();
    private final Grants<String> userRoles = new Grants<>();
    private final Grants<Permission> userPermissions = new Grants<>();
    private final Collections collections = new Collections();
    private final Applications applications = new Applications(collections);
    private final Map<String, Grants<String>> relations = new ConcurrentHashMap<>();

    /**
     * A tenant with these contents.
     *
     * @param seed what it holds at first
     * @param clock dates its documents
     * @throws IllegalArgumentException when the seed refers to what is not in it, or repeats an id
     */
    public Tenant(Seed seed, Clock clock) {
        users = new Users(clock);
        collections.adopt("/users", users.documents());
        collections.adopt("/roles", roles.documents());
        collections.adopt("/organizations", organizations.documents());
        load(seed);
    }

    /** Forgets everything and takes these contents instead. */
    public final synchronized void load(Seed seed) {
        users.clear();
        roles.clear();
        organizations.clear();
        userRoles.clear();
        userPermissions.clear();
        collections.clear();
        applications.clear();
        relations.clear();
        relations.put("user-roles", userRoles);
        seed.apis().forEach(applications::seed);
        seed.roles().forEach(roles::seed);
        seed.users().forEach(this::seed);
        seed.organizations().forEach(organization -> organizations.seed(organization, roles));
        seed.clients().forEach(applications::seed);
    }

    private void seed(SeedUser user) {
        users.seed(user);
        giveRoles(user.userId(), user.roles().stream().map(roles::idOf).toList());
        givePermissions(user.userId(), user.permissions());
    }

    /** The people. */
    public Users users() {
        return users;
    }

    /** The roles. */
    public Roles roles() {
        return roles;
    }

    /** The organizations. */
    public Organizations organizations() {
        return organizations;
    }

    /** Everything that is kept as plain documents. */
    public Collections collections() {
        return collections;
    }

    /** Who holds what, by the relation's name. */
    public Grants<String> relation(String name) {
        return relations.computeIfAbsent(name, _ -> new Grants<>());
    }

    /** Whether there is a document, or a member, with this id at a path. */
    public boolean has(String path, String id) {
        return path.endsWith(MEMBERS)
                ? organizations.isMember(
                        path.substring(ORGANIZATIONS.length() + 1, path.length() - MEMBERS.length()), id)
                : collections.at(path).has(id);
    }

    /** Draws the consequences of a document's creation, change or removal. */
    public synchronized void settle(String path, String id) {
        boolean gone = !collections.at(path).has(id);
        switch (path) {
            case "/roles" -> {
                if (gone) {
                    roles.forget(id);
                    userRoles.withdraw(id);
                    organizations.withdrawRole(id);
                }
            }
            case ORGANIZATIONS -> {
                if (gone) {
                    organizations.dissolve(id);
                }
            }
            case "/clients", "/client-grants", "/resource-servers" -> applications.follow(path, id);
            default -> {}
        }
    }

    /** An application. */
    public Optional<SeedClient> client(String clientId) {
        return applications.client(clientId);
    }

    /** All applications, in the order of their ids. */
    public List<SeedClient> clients() {
        return applications.clients();
    }

    /** A resource server, by its audience. */
    public Optional<SeedApi> api(String identifier) {
        return applications.api(identifier);
    }

    /** Ids of the tenant roles that a person holds. */
    public Set<String> userRoles(String userId) {
        return userRoles.of(userId);
    }

    /** Gives a person tenant roles, by id. */
    public void giveRoles(String userId, Collection<String> roleIds) {
        userRoles.give(userId, roleIds);
    }

    /** Takes tenant roles away from a person, by id. */
    public void takeRoles(String userId, Collection<String> roleIds) {
        userRoles.take(userId, roleIds);
    }

    /** A person's direct permissions. */
    public Set<Permission> userPermissions(String userId) {
        return userPermissions.of(userId);
    }

    /** Gives a person direct permissions. */
    public void givePermissions(String userId, Collection<Permission> permissions) {
        userPermissions.give(userId, permissions);
    }

    /** Takes direct permissions away. */
    public void takePermissions(String userId, Collection<Permission> permissions) {
        userPermissions.take(userId, permissions);
    }

    /** Deletes a person and everything that refers to the person; answers whether there was one. */
    public synchronized boolean deleteUser(String userId) {
        userRoles.takeAll(userId);
        userPermissions.takeAll(userId);
        organizations.forget(userId);
        relations.values().forEach(relation -> relation.withdraw(userId));
        endAccess(userId);
        collections.forget("/users/" + userId);
        return users.remove(userId);
    }

    /** Ends a person's sessions and refresh tokens. */
    public synchronized void endAccess(String userId) {
        collections.at("/sessions").removeIf(belongsTo(userId));
        collections.at("/refresh-tokens").removeIf(belongsTo(userId));
    }

    private static Predicate<ObjectNode> belongsTo(String userId) {
        return document -> userId.equals(document.path("user_id").asString(""));
    }

    /** What a person may do at an API, logged in without an organization: permissions of roles, and direct ones. */
    public synchronized Set<String> permissions(String userId, String api) {
        Set<String> names = namesOf(userRoles.of(userId), api);
        userPermissions.of(userId).stream()
                .filter(permission -> permission.api().equals(api))
                .map(Permission::name)
                .forEach(names::add);
        return names;
    }

    /** What a person may do at an API, logged in through an organization: permissions of the roles held in it alone. */
    public synchronized Set<String> permissions(String userId, String api, String organization) {
        return namesOf(organizations.roles(organization, userId), api);
    }

    /** Names of the roles that a login carries: those of the organization, or the tenant's. */
    public synchronized List<String> roleNames(String userId, Optional<String> organization) {
        Set<String> ids =
                organization.map(id -> organizations.roles(id, userId)).orElseGet(() -> userRoles.of(userId));
        return ids.stream().map(roles::name).toList();
    }

    private Set<String> namesOf(Collection<String> roleIds, String api) {
        return roleIds.stream()
                .flatMap(id -> roles.permissions(id).stream())
                .filter(permission -> permission.api().equals(api))
                .map(Permission::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
