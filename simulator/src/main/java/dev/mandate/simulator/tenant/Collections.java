package dev.mandate.simulator.tenant;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Everything else that a tenant keeps, as documents in collections. A collection is named by its path in the Management
 * API, ids of parents included: {@code /organizations/org_1/invitations}. What exists once, such as {@code /branding},
 * is a document in the collection above it.
 */
public final class Collections {

    private static final Set<String> BOOKKEEPING = Set.of("updated_at");

    private final Map<String, Documents> all = new HashMap<>();
    private final Map<String, Documents> adopted = new HashMap<>();

    /** Shows documents that somebody else keeps under this path. */
    void adopt(String path, Documents documents) {
        adopted.put(path, documents);
    }

    /** The collection at a path; empty if nothing was ever added. */
    public synchronized Documents at(String path) {
        Documents documents = adopted.get(path);
        return documents != null ? documents : all.computeIfAbsent(path, _ -> new Documents(BOOKKEEPING));
    }

    /** Removes all collections below a document that is gone. */
    public synchronized void forget(String path) {
        all.keySet().removeIf(isBelow(path));
    }

    private static Predicate<String> isBelow(String path) {
        return each -> each.equals(path) || each.startsWith(path + "/");
    }

    synchronized void clear() {
        all.clear();
    }
}
