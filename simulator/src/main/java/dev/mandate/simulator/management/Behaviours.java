package dev.mandate.simulator.management;

import dev.mandate.simulator.tenant.Ids;
import dev.mandate.simulator.tenant.Tenant;
import java.util.HashMap;
import java.util.Map;

/** Every operation that the simulator performs, by action. What the catalogue has and this has not is a 501. */
final class Behaviours {

    private Behaviours() {}

    static Map<String, Behaviour> all(Tenant tenant, Ids ids, String issuer) {
        Map<String, Behaviour> all = new HashMap<>();
        all.putAll(new UserOperations(tenant, ids).byAction());
        all.putAll(new GrantOperations(tenant).byAction());
        all.putAll(new ClientGrantOperations(tenant).byAction());
        all.putAll(new OrganizationOperations(tenant).byAction());
        all.putAll(new TicketOperations(tenant, ids, issuer).byAction());
        return Map.copyOf(all);
    }
}
