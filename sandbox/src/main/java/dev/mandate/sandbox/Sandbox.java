package dev.mandate.sandbox;

import dev.mandate.contracts.topic.AccessMatrix;
import dev.mandate.sandbox.broker.BrokerCluster;
import dev.mandate.sandbox.broker.Brokers;
import dev.mandate.sandbox.broker.EmbeddedBroker;
import dev.mandate.sandbox.broker.SaslUsers;
import dev.mandate.sandbox.broker.TopicSetup;
import dev.mandate.sandbox.database.EmbeddedDatabase;
import dev.mandate.sandbox.keys.SandboxKeys;
import dev.mandate.sandbox.net.Relays;
import dev.mandate.sandbox.process.Service;
import dev.mandate.sandbox.process.ServiceDirectory;
import dev.mandate.simulator.Simulator;
import dev.mandate.simulator.SimulatorOptions;
import dev.mandate.simulator.seed.DemoSeed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Everything on one machine. The tenant's stand-in lives in this process, and so does the broker unless there is a rig;
 * the database, the API and the workers are processes of their own, each with its own secrets only. All of it listens
 * on 127.0.0.1, on ports that were free.
 */
public final class Sandbox implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int HASH_KEY_BYTES = 32;

    private final SandboxOptions options;
    private final Progress progress;
    private final SandboxHome home;
    private final People people = new People();
    private final SandboxKeys keys;
    private final Relays relays = new Relays();
    private final Brokers broker;
    private final EmbeddedDatabase database;
    private final Simulator simulator;
    private final Fleet fleet;
    private final Thread hook = new Thread(this::stop, "sandbox-stop");
    private boolean stopped;
    private volatile boolean kept;

    private Sandbox(SandboxOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
        this.kept = options.kept();
        home = SandboxHome.fresh(options.home());
        if (kept) {
            home.keep();
        }
        broker = brokers(SaslUsers.generate(AccessMatrix.load(), new SecureRandom()));
        database = new EmbeddedDatabase(home.database(), home.databaseLog());
        simulator = Simulator.start(
                SimulatorOptions.defaults().withSeed(DemoSeed.create(Names.AUDIENCE, people::secretOf)));
        keys = new SandboxKeys(home.ring(), Clock.systemUTC());
        keys.forIntake(intakeRole());
        keys.forWorker(workerRole());
        intakeRole().writeSecret("request-hash-key", hashKey());
        for (var client : List.of(DemoSeed.WORKER, DemoSeed.WORKER_REST)) {
            workerRole()
                    .writeSecret(
                            Settings.secretFile(client),
                            bytes(people.secretOf(client).value()));
        }
        fleet = new Fleet(options, home, new Settings(simulator, broker, database, home.ring()), relays);
        fleet.newApi(Map.of());
        for (int i = 0; i < options.workers(); i++) {
            fleet.newWorker();
        }
        writeAuditorsSettings();
    }

    /**
     * Starts a sandbox and returns when everything is ready. When this process is asked to end, by Ctrl-C say, it is
     * closed.
     *
     * @throws RuntimeException when a part does not come up; everything that did is stopped again
     */
    public static Sandbox start(SandboxOptions options, Progress progress) {
        var sandbox = new Sandbox(options, progress);
        Runtime.getRuntime().addShutdownHook(sandbox.hook);
        try {
            sandbox.start();
            return sandbox;
        } catch (RuntimeException e) {
            try {
                sandbox.close();
            } catch (RuntimeException more) {
                e.addSuppressed(more);
            }
            throw e;
        }
    }

    /** The API that is always there. */
    public Api api() {
        return fleet.apis().getFirst();
    }

    /** All instances of the API, in the order of their making. */
    public List<Api> apis() {
        return fleet.apis();
    }

    /** The workers' processes, in the order of their making. */
    public List<Service> workers() {
        return fleet.workers();
    }

    /** The broker or brokers, with everybody's passwords. */
    public Brokers broker() {
        return broker;
    }

    /** What the connections of those processes run through that a rig names. */
    public Relays relays() {
        return relays;
    }

    /** The API's database. */
    public EmbeddedDatabase database() {
        return database;
    }

    /** The tenant. */
    public Simulator simulator() {
        return simulator;
    }

    /** Who can log in. */
    public People people() {
        return people;
    }

    /** Everybody's keys. */
    public SandboxKeys keys() {
        return keys;
    }

    /** What all instances of the API share, private keys included. */
    public ServiceDirectory intakeRole() {
        return home.role("intake");
    }

    /** What all workers share, private keys and the Management credential included. */
    public ServiceDirectory workerRole() {
        return home.role("worker");
    }

    /** The settings of a Kafka client that logs in as the auditor. */
    public Path auditorsSettings() {
        return home.auditor().configuration();
    }

    /** The directory that everything is in. */
    public Path path() {
        return home.path();
    }

    /** Starts one more worker and returns when it is ready. */
    public Service addWorker() {
        var added = fleet.newWorker();
        restart(added);
        return added;
    }

    /** Starts one more instance of the API, with some settings of its own, and returns when it is ready. */
    public Api addApi(Map<String, String> settingsOfItsOwn) {
        var added = fleet.newApi(settingsOfItsOwn);
        restart(added.service());
        return added;
    }

    /** Stops a process that was added, for good. */
    public void remove(Service service) {
        fleet.remove(service);
    }

    /** Starts a process that was killed, and returns when it is ready. */
    public void restart(Service service) {
        service.start();
        service.awaitReady(PATIENCE);
    }

    /** From now on, what is in the directory stays when the sandbox is closed. */
    public void keep() {
        kept = true;
        home.keep();
    }

    /** Stops everything that was started, and nothing else. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook itself is about to find that there is nothing left to do.
        }
    }

    /** Whoever comes second waits: when the hook returns, the process ends with whatever is not done yet. */
    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            fleet.close();
        } finally {
            simulator.close();
            relays.close();
            InParallel.run(List.of(broker::close, database::close));
        }
        if (!kept) {
            home.delete();
        }
    }

    private void start() {
        InParallel.run(List.of(timed("broker", this::startBroker), timed("database", database::start)));
        InParallel.run(fleet.services().stream()
                .map(service -> timed(service.name(), () -> restart(service)))
                .toList());
    }

    private void startBroker() {
        broker.start();
        try (var admin = Admin.create(broker.users().administrator().clientProperties(broker.bootstrapServers()))) {
            new TopicSetup(AccessMatrix.load(), options.partitions(), broker.count()).applyTo(admin);
        }
    }

    private Brokers brokers(SaslUsers users) {
        return options.rig()
                .<Brokers>map(rig -> new BrokerCluster(home.path(), rig.brokers(), rig.relayed(), users, relays))
                .orElseGet(() -> new EmbeddedBroker(home.broker(), users));
    }

    private Runnable timed(String part, Runnable work) {
        return () -> {
            long began = System.nanoTime();
            work.run();
            progress.up(part, Duration.ofNanos(System.nanoTime() - began));
        };
    }

    private void writeAuditorsSettings() {
        home.auditor().configure(broker.users().named("auditor").clientSettings(broker.bootstrapServers()));
    }

    private static byte[] hashKey() {
        var key = new byte[HASH_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
