package dev.mandate.sandbox;

import dev.mandate.contracts.topic.AccessMatrix;
import dev.mandate.sandbox.broker.EmbeddedBroker;
import dev.mandate.sandbox.broker.SaslUsers;
import dev.mandate.sandbox.broker.TopicSetup;
import dev.mandate.sandbox.database.EmbeddedDatabase;
import dev.mandate.sandbox.keys.SandboxKeys;
import dev.mandate.sandbox.net.FreePorts;
import dev.mandate.sandbox.process.Application;
import dev.mandate.sandbox.process.Service;
import dev.mandate.sandbox.process.ServiceDirectory;
import dev.mandate.simulator.Simulator;
import dev.mandate.simulator.SimulatorOptions;
import dev.mandate.simulator.seed.DemoSeed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;

/**
 * Everything on one machine. The broker and the tenant's stand-in live in this process; the database, the API and the
 * workers are processes of their own, each with its own secrets only. All of it listens on 127.0.0.1, on ports that
 * were free.
 */
public final class Sandbox implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int HASH_KEY_BYTES = 32;

    private final SandboxOptions options;
    private final Progress progress;
    private final SandboxHome home;
    private final People people = new People();
    private final SandboxKeys keys;
    private final EmbeddedBroker broker;
    private final EmbeddedDatabase database;
    private final Simulator simulator;
    private final Settings settings;
    private final Application workerApplication;
    private final URI apiUrl;
    private final URI apiManagementUrl;
    private final Service api;
    private final List<Service> workers = new CopyOnWriteArrayList<>();
    private final Thread hook = new Thread(this::stop, "sandbox-stop");
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile boolean kept;

    private Sandbox(SandboxOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
        this.kept = options.kept();
        var apiApplication = application("api");
        workerApplication = application("worker");
        home = SandboxHome.fresh(options.home());
        broker = new EmbeddedBroker(home.broker(), SaslUsers.generate(AccessMatrix.load(), new SecureRandom()));
        database = new EmbeddedDatabase(home.database(), home.databaseLog());
        simulator = Simulator.start(
                SimulatorOptions.defaults().withSeed(DemoSeed.create(Names.AUDIENCE, people::secretOf)));
        settings = new Settings(simulator, broker.bootstrapServers(), home.ring());
        keys = new SandboxKeys(home.ring(), Clock.systemUTC());
        keys.forIntake(intakeRole());
        keys.forWorker(workerRole());
        var ports = ports();
        apiUrl = URI.create("http://127.0.0.1:" + ports.service());
        apiManagementUrl = URI.create("http://127.0.0.1:" + ports.management());
        api = api(apiApplication, ports);
        workerRole()
                .writeSecret(
                        "management-client-secret",
                        bytes(people.secretOf(DemoSeed.WORKER).value()));
        for (int i = 0; i < options.workers(); i++) {
            workers.add(worker());
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
            sandbox.close();
            throw e;
        }
    }

    /** Where people's requests go. */
    public URI apiUrl() {
        return apiUrl;
    }

    /** Where the API answers for its health and metrics. */
    public URI apiManagementUrl() {
        return apiManagementUrl;
    }

    /** The API's process. */
    public Service api() {
        return api;
    }

    /** The workers' processes, in the order of their making. */
    public List<Service> workers() {
        return List.copyOf(workers);
    }

    /** The broker, with everybody's passwords. */
    public EmbeddedBroker broker() {
        return broker;
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
        var added = worker();
        workers.add(added);
        added.start();
        added.awaitReady(PATIENCE);
        return added;
    }

    /** Starts a process that was killed, and returns when it is ready. */
    public void restart(Service service) {
        service.start();
        service.awaitReady(PATIENCE);
    }

    /** From now on, what is in the directory stays when the sandbox is closed. */
    public void keep() {
        kept = true;
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

    private void stop() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        var services = new ArrayList<Service>(workers);
        services.add(api);
        try {
            InParallel.run(
                    services.stream().<Runnable>map(service -> service::close).toList());
        } finally {
            simulator.close();
            InParallel.run(List.of(broker::close, database::close));
        }
        if (!kept) {
            home.delete();
        }
    }

    private void start() {
        InParallel.run(List.of(timed("broker", this::startBroker), timed("database", database::start)));
        var services = new ArrayList<Service>(workers);
        services.add(api);
        InParallel.run(services.stream()
                .map(service -> timed(service.name(), () -> restart(service)))
                .toList());
    }

    private void startBroker() {
        broker.start();
        try (var admin = Admin.create(broker.users().administrator().clientProperties(broker.bootstrapServers()))) {
            new TopicSetup(AccessMatrix.load(), options.partitions()).applyTo(admin);
        }
    }

    private Runnable timed(String part, Runnable work) {
        return () -> {
            long began = System.nanoTime();
            work.run();
            progress.up(part, Duration.ofNanos(System.nanoTime() - began));
        };
    }

    private Application application(String module) {
        return new Application(
                "mandate-" + module,
                options.checkout().resolve(module).resolve("target"),
                options.checkout().resolve(".mandate").resolve("cache"));
    }

    private Service api(Application application, Settings.Ports ports) {
        var role = intakeRole();
        var hashKey = new byte[HASH_KEY_BYTES];
        new SecureRandom().nextBytes(hashKey);
        role.writeSecret("request-hash-key", hashKey);
        var directory = home.service("api");
        directory.configure(settings.api("intake-1", broker.users().named("api"), role, database, ports));
        return new Service("api", application, directory, ports.management());
    }

    private Service worker() {
        var name = "worker-" + (workers.size() + 1);
        var ports = ports();
        var directory = home.service(name);
        directory.configure(
                settings.worker(name, broker.users().named("worker"), workerRole(), options.factsMaxAge(), ports));
        return new Service(name, workerApplication, directory, ports.management());
    }

    private void writeAuditorsSettings() {
        home.auditor().configure(broker.users().named("auditor").clientSettings(broker.bootstrapServers()));
    }

    private static Settings.Ports ports() {
        var ports = FreePorts.take(2);
        return new Settings.Ports(ports.getFirst(), ports.getLast());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
