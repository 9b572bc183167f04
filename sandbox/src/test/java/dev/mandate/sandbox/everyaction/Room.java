package dev.mandate.sandbox.everyaction;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.tenant.Tenant;
import java.util.Set;

/**
 * Makes room for what a {@code POST} is to create, so that it need not compete with what a request before it made, or
 * what one of another operation needed.
 */
final class Room {

    /** What all families of actions use, and what the sandbox itself needs. */
    private static final Set<String> SHARED = Set.of(
            "/users",
            "/roles",
            "/groups",
            "/organizations",
            "/clients",
            "/client-grants",
            "/connections",
            "/resource-servers");

    private final Tenant tenant;

    Room(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Before a request of this action to a path, and after it. */
    void make(String path, Action action) {
        if (!action.method().equals("POST")) {
            return;
        }
        int last = path.lastIndexOf('/');
        tenant.collections().at(path.substring(0, last)).remove(path.substring(last + 1));
        if (!SHARED.contains(path)) {
            tenant.collections().at(path).clear();
            // Auth0 has two names for this one.
            tenant.collections()
                    .at(path.replaceFirst("^(/organizations/[^/]+)/connections$", "$1/enabled_connections"))
                    .clear();
        }
    }
}
