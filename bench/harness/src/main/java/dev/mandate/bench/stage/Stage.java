package dev.mandate.bench.stage;

import dev.mandate.sandbox.Names;
import dev.mandate.sandbox.database.EmbeddedDatabase;
import dev.mandate.sandbox.net.FreePorts;
import dev.mandate.sandbox.process.Application;
import dev.mandate.sandbox.process.Leftovers;
import dev.mandate.sandbox.process.ServiceDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * A broker, an upstream and keys, and room for one opponent at a time. Everything listens on 127.0.0.1 and is ended
 * when the stage is closed, or when this process is asked to end.
 */
public final class Stage implements AutoCloseable {

    /** How many different users there are for commands to be about. */
    public static final int TARGETS = 1_000;
    /** How many people ask. */
    public static final int PEOPLE = 20;

    private final Path checkout;
    private final Path home;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Thread hook = new Thread(this::end, "bench-stop");
    private final Kit kit;
    private final Issuer issuer;
    private final Broker broker;
    private final Upstream upstream;
    private final Settings settings;
    private int numbered;

    /**
     * Starts them.
     *
     * @param checkout the root of the project, whose modules have been built
     */
    public Stage(Path checkout) {
        this.checkout = checkout;
        this.home = checkout.resolve(".mandate")
                .resolve("bench-" + ProcessHandle.current().pid());
        Runtime.getRuntime().addShutdownHook(hook);
        delete();
        ServiceDirectory.create(home);
        new Leftovers(home).claim();
        kit = new Kit(home);
        int port = FreePorts.take(1).getFirst();
        issuer = new Issuer("http://127.0.0.1:" + port + "/");
        upstream = opened(new Upstream("http://127.0.0.1:" + port, upstream(port)));
        broker = opened(new Broker(brokerProcess()));
        settings = new Settings(kit, upstream.url(), broker);
    }

    public Broker broker() {
        return broker;
    }

    public Upstream upstream() {
        return upstream;
    }

    /** Commands as the API signs them. */
    public SignedCommands signedCommands(Numbers numbers) {
        return new SignedCommands(kit, issuer, numbers);
    }

    /** People with access tokens. */
    public Issuer issuer() {
        return issuer;
    }

    /** Mandate's own worker, with some settings beside the usual ones, when it is ready. */
    public Child startWorker(Map<String, String> more) {
        var ports = FreePorts.take(2);
        var name = "worker-" + ++numbered;
        var directory = ServiceDirectory.create(home.resolve(name));
        var all = new HashMap<>(settings.worker(name, ports.getFirst(), ports.getLast()));
        all.putAll(more);
        directory.configure(all);
        return opened(Child.of(name, directory, application("worker"), ports.getLast())
                .startReady());
    }

    /** Mandate's own API, when it is ready. */
    public Api startApi(EmbeddedDatabase database) {
        var ports = FreePorts.take(2);
        var directory = ServiceDirectory.create(home.resolve("api"));
        directory.configure(settings.api(database, ports.getFirst(), ports.getLast()));
        var process = opened(
                Child.of("api", directory, application("api"), ports.getLast()).startReady());
        return new Api(process, URI.create("http://127.0.0.1:" + ports.getFirst()));
    }

    /**
     * Mandate's API.
     *
     * @param process its process
     * @param url where requests go
     */
    public record Api(Child process, URI url) {}

    /** PostgreSQL, when it takes connections. */
    public EmbeddedDatabase startDatabase() {
        var database = opened(new EmbeddedDatabase(home.resolve("postgres"), home.resolve("postgres.log")));
        database.start();
        return database;
    }

    /**
     * An opponent in Kafka's company, with topics of its own.
     *
     * @param module the directory of its module below {@code bench}
     * @param main its class
     */
    public Peer startPeer(String module, String main, int concurrency) {
        var name = module + "-" + ++numbered;
        var orders = name + ".orders";
        var results = name + ".results";
        broker.create(orders, results);
        var all = new HashMap<String, String>();
        broker.login("admin").forEach((key, value) -> all.put("kafka." + key, value));
        all.put("upstream", upstream.url());
        all.put("token", "a-management-token");
        all.put("orders", orders);
        all.put("results", results);
        all.put("concurrency", String.valueOf(concurrency));
        all.put("partitions", String.valueOf(Broker.PARTITIONS));
        var directory = ServiceDirectory.create(home.resolve(name));
        directory.configure(all);
        var process = Child.of(name, directory, ClassPaths.of(checkout, module), main);
        return new Peer(opened(process.start()), orders, results);
    }

    /**
     * An opponent.
     *
     * @param process its process
     * @param orders the topic that it takes orders from
     * @param results the topic where its results appear
     */
    public record Peer(Child process, String orders, String results) {}

    /** Ends something that was started here before the stage is closed. */
    public void end(Child child) {
        child.close();
        open.remove(child);
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(hook);
        delete();
    }

    private Child upstream(int port) {
        var directory = ServiceDirectory.create(home.resolve("upstream"));
        directory.configure(Map.of(
                "port", String.valueOf(port),
                "targets", String.valueOf(TARGETS),
                "issuer", issuer.url(),
                "audience", Names.AUDIENCE,
                "permissions", String.join(",", Issuer.PERMISSIONS),
                "jwks", issuer.jwks()));
        return Child.of("upstream", directory, ClassPaths.own(), "dev.mandate.bench.upstream.UpstreamMain")
                .startMarked();
    }

    private Child brokerProcess() {
        var directory = ServiceDirectory.create(home.resolve("broker"));
        return Child.of(
                        "broker",
                        directory,
                        ClassPaths.own(),
                        BrokerMain.class.getName(),
                        String.valueOf(Broker.PARTITIONS))
                .startMarked();
    }

    private Application application(String module) {
        return new Application(
                "mandate-" + module,
                checkout.resolve(module).resolve("target"),
                checkout.resolve(".mandate").resolve("cache"));
    }

    private <T extends AutoCloseable> T opened(T part) {
        synchronized (open) {
            open.push(part);
        }
        return part;
    }

    private void end() {
        synchronized (open) {
            while (!open.isEmpty()) {
                try {
                    open.pop().close();
                } catch (Exception e) {
                    // What can't be ended here is ended by the next start, which finds it by its identity.
                    continue;
                }
            }
        }
    }

    private void delete() {
        if (!Files.exists(home)) {
            return;
        }
        try (var tree = Files.walk(home)) {
            for (var file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
