package dev.mandate.simulator;

import dev.mandate.contracts.action.Catalogue;
import dev.mandate.simulator.admin.AdminApi;
import dev.mandate.simulator.admin.AdminControls;
import dev.mandate.simulator.answers.Answers;
import dev.mandate.simulator.collection.Stock;
import dev.mandate.simulator.faults.Faults;
import dev.mandate.simulator.http.LoopbackServer;
import dev.mandate.simulator.journal.RequestJournal;
import dev.mandate.simulator.management.Bucket;
import dev.mandate.simulator.management.EndpointBuckets;
import dev.mandate.simulator.management.ManagementApi;
import dev.mandate.simulator.management.RateLimit;
import dev.mandate.simulator.seed.Secret;
import dev.mandate.simulator.seed.Seed;
import dev.mandate.simulator.tenant.Tenant;
import dev.mandate.simulator.tenant.TenantLog;
import dev.mandate.simulator.tokens.TokenForge;
import dev.mandate.simulator.tokens.Tokens;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * A running stand-in for one Auth0 tenant, on the loopback interface. What is asked of it over HTTP it does as Auth0
 * would; what only a test or an operator may do is here.
 */
public final class Simulator implements AutoCloseable {

    private final Seed seed;
    private final LoopbackServer server;
    private final LoopbackServer adminServer;
    private final Secret adminSecret;
    private final Tenant tenant;
    private final TenantLog log;
    private final Faults faults = new Faults();
    private final RequestJournal journal;
    private final Bucket bucket;
    private final EndpointBuckets endpoints;
    private final Tokens tokens;

    private Simulator(SimulatorOptions options) {
        seed = options.seed();
        tenant = new Tenant(seed, options.clock());
        log = new TenantLog(options.clock(), options.journalCapacity());
        journal = new RequestJournal(options.clock(), options.journalCapacity());
        bucket = new Bucket(options.rateLimit(), options.clock());
        endpoints = new EndpointBuckets(options.clock());
        server = new LoopbackServer(options.port());
        adminServer = new LoopbackServer(options.adminPort());
        adminSecret = new Secret(options.ids().prefixed("", 43));
        tokens = new Tokens(tenant, issuer(), options.policy(), log, options.clock(), options.ids());
    }

    /**
     * Starts a tenant.
     *
     * @throws IllegalArgumentException when the seed contradicts itself
     * @throws java.io.UncheckedIOException when a port can't be bound
     */
    public static Simulator start(SimulatorOptions options) {
        Simulator simulator = new Simulator(options);
        ManagementApi management = new ManagementApi(
                simulator.tenant,
                simulator.tokens,
                simulator.log,
                simulator.bucket,
                simulator.endpoints,
                options.ids(),
                options.clock(),
                simulator.issuer().toString());
        Front front = new Front(simulator.journal, simulator.faults, simulator.bucket, simulator.tokens, management);
        simulator.server.serve(front::answer);
        AdminApi admin = new AdminApi(simulator.controls(), simulator.adminSecret);
        simulator.adminServer.serve(request -> Optional.of(admin.answer(request)));
        return simulator;
    }

    private AdminControls controls() {
        return new AdminControls(tenant, log, faults, journal, bucket, tokens.keys(), this::reset);
    }

    /** The tenant's base URL, without a trailing slash. */
    public String url() {
        return server.url();
    }

    /** The issuer of its tokens: the base URL with a trailing slash. */
    public URI issuer() {
        return URI.create(server.url() + "/");
    }

    /** The Management API's audience. */
    public String managementAudience() {
        return issuer() + "api/v2/";
    }

    /** The admin interface's base URL, without a trailing slash. */
    public String adminUrl() {
        return adminServer.url();
    }

    /** The bearer secret of the admin interface, made at start. */
    public Secret adminSecret() {
        return adminSecret;
    }

    /** The tenant's state, to look at and to change behind the API's back. */
    public Tenant tenant() {
        return tenant;
    }

    /** What every operation of the Management API needs to find, for tests that call them all. */
    public Stock stock() {
        return new Stock(Catalogue.bundled(), Answers.bundled(), tenant, log);
    }

    /** The tenant's own log. */
    public TenantLog log() {
        return log;
    }

    /** Faults to inject. */
    public Faults faults() {
        return faults;
    }

    /** Every request that it saw. */
    public RequestJournal journal() {
        return journal;
    }

    /** Tokens without a login, odd ones included. */
    public TokenForge forge() {
        return tokens.forge();
    }

    /** Puts another limit in force at the Management API. */
    public void limit(RateLimit limit) {
        bucket.limit(limit);
    }

    /** Gives these operations of the Management API a limit of their own together, beside that for all. */
    public void limit(Set<String> actions, RateLimit limit) {
        endpoints.limit(actions, limit);
    }

    /** Signs with a new key from now on; earlier keys stay published. */
    public void rotateKeys() {
        tokens.keys().rotate();
    }

    /** Withdraws every key but the current one. */
    public void revokePreviousKeys() {
        tokens.keys().revokePrevious();
    }

    /** Goes back to the seed: state, faults, journal and log. Keys and issued tokens stay valid. */
    public void reset() {
        faults.clear();
        tenant.load(seed);
        journal.clear();
        log.clear();
    }

    /** Stops at once and lets go of whatever a fault holds. */
    @Override
    public void close() {
        faults.clear();
        server.close();
        adminServer.close();
    }
}
