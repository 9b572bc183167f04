package dev.mandate.simulator;

import dev.mandate.simulator.management.RateLimit;
import dev.mandate.simulator.seed.Seed;
import dev.mandate.simulator.tenant.Ids;
import dev.mandate.simulator.tokens.TokenPolicy;
import java.time.Clock;

/**
 * How a simulator starts.
 *
 * @param seed what the tenant holds
 * @param policy how it issues tokens
 * @param rateLimit the Management API's limit
 * @param port the tenant's port on the loopback interface; 0 for any free one
 * @param adminPort the admin interface's port; 0 for any free one
 * @param journalCapacity how many requests the journal, and entries the tenant's log, remembers
 * @param clock the tenant's time
 * @param ids makes ids
 */
public record SimulatorOptions(
        Seed seed,
        TokenPolicy policy,
        RateLimit rateLimit,
        int port,
        int adminPort,
        int journalCapacity,
        Clock clock,
        Ids ids) {

    private static final int JOURNAL_CAPACITY = 100_000;

    /** An empty tenant on free ports, Auth0's own token lifetimes, no rate limit, the system's time. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                Seed.empty(),
                TokenPolicy.defaults(),
                RateLimit.none(),
                0,
                0,
                JOURNAL_CAPACITY,
                Clock.systemUTC(),
                Ids.unguessable());
    }

    /** The same with other contents. */
    public SimulatorOptions withSeed(Seed other) {
        return new SimulatorOptions(other, policy, rateLimit, port, adminPort, journalCapacity, clock, ids);
    }

    /** The same with other tokens. */
    public SimulatorOptions withPolicy(TokenPolicy other) {
        return new SimulatorOptions(seed, other, rateLimit, port, adminPort, journalCapacity, clock, ids);
    }

    /** The same with another rate limit. */
    public SimulatorOptions withRateLimit(RateLimit other) {
        return new SimulatorOptions(seed, policy, other, port, adminPort, journalCapacity, clock, ids);
    }

    /** The same on these ports. */
    public SimulatorOptions withPorts(int tenantPort, int otherAdminPort) {
        return new SimulatorOptions(seed, policy, rateLimit, tenantPort, otherAdminPort, journalCapacity, clock, ids);
    }

    /** The same by another clock. */
    public SimulatorOptions withClock(Clock other) {
        return new SimulatorOptions(seed, policy, rateLimit, port, adminPort, journalCapacity, other, ids);
    }
}
