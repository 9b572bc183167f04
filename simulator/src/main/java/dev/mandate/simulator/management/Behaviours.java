package dev.mandate.simulator.management;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.collection.Planner;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.people.BlockOperations;
import dev.mandate.simulator.people.EffectiveOperations;
import dev.mandate.simulator.people.FactorOperations;
import dev.mandate.simulator.people.GrantOperations;
import dev.mandate.simulator.people.IdentityOperations;
import dev.mandate.simulator.people.LogOperations;
import dev.mandate.simulator.people.OrganizationOperations;
import dev.mandate.simulator.people.SessionOperations;
import dev.mandate.simulator.people.TicketOperations;
import dev.mandate.simulator.people.UserOperations;
import dev.mandate.simulator.tenant.Ids;
import dev.mandate.simulator.tenant.Tenant;
import dev.mandate.simulator.tenant.TenantLog;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every operation does: those on people are written by hand, all others are planned when they are first used. */
final class Behaviours {

    private final Supplier<Planner> planners;
    private @Nullable Planner planner;
    private final Map<String, Behaviour> known = new ConcurrentHashMap<>();

    Behaviours(Supplier<Planner> planners, Tenant tenant, TenantLog log, Ids ids, String issuer) {
        this.planners = planners;
        Map<String, Behaviour> written = new HashMap<>();
        written.putAll(new UserOperations(tenant, ids).byAction());
        written.putAll(new GrantOperations(tenant).byAction());
        written.putAll(new EffectiveOperations(tenant).byAction());
        written.putAll(new OrganizationOperations(tenant).byAction());
        written.putAll(new TicketOperations(tenant, ids, issuer).byAction());
        written.putAll(new SessionOperations(tenant).byAction());
        written.putAll(new BlockOperations(tenant).byAction());
        written.putAll(new FactorOperations(tenant).byAction());
        written.putAll(new IdentityOperations(tenant).byAction());
        written.putAll(new LogOperations(log).byAction());
        known.putAll(written);
    }

    /** The layout of the whole table is not looked at before it is needed. */
    private synchronized Behaviour plan(Action action) {
        if (planner == null) {
            planner = planners.get();
        }
        return planner.plan(action);
    }

    Behaviour of(Action action) {
        Behaviour behaviour = known.get(action.name());
        if (behaviour == null) {
            behaviour = plan(action);
            known.put(action.name(), behaviour);
        }
        return behaviour;
    }
}
