package dev.mandate.bench.stage;

import dev.mandate.sandbox.Names;
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
import java.util.Optional;

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
    private final Optional<Broker> broker;
    private final Upstream upstream;
    private int numbered;

    /** A stage with a broker. */
    public static Stage withBroker(Path checkout) {
        return new Stage(checkout, true);
    }

    /** A stage for those who do without Kafka. */
    public static Stage withoutBroker(Path checkout) {
        return new Stage(checkout, false);
    }

    /** @param checkout the root of the project, whose modules have been built */
    private Stage(Path checkout, boolean withBroker) {
        this.checkout = checkout;
        this.home = checkout.resolve(".mandate")
                .resolve("bench-" + ProcessHandle.current().pid());
        Runtime.getRuntime().addShutdownHook(hook);
        delete(home);
        ServiceDirectory.create(home);
        new Leftovers(home).claim();
        kit = new Kit(home);
        int port = FreePorts.take(1).getFirst();
        issuer = new Issuer("http://127.0.0.1:" + port + "/");
        upstream = opened(new Upstream("http://127.0.0.1:" + port, upstream(port)));
        broker = withBroker ? Optional.of(opened(new Broker(brokerProcess()))) : Optional.empty();
    }

    /**
     * The broker.
     *
     * @throws java.util.NoSuchElementException when there is none
     */
    public Broker broker() {
        return broker.orElseThrow();
    }

    /** The upstream. */
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
        var all = new HashMap<>(settings().worker(name, ports.getFirst(), ports.getLast()));
        all.putAll(more);
        directory.configure(all);
        return opened(Child.of(name, directory, application("worker"), ports.getLast())
                .startReady());
    }

    /** Mandate's own API, when it is ready. */
    public Api startApi(Database database) {
        var ports = FreePorts.take(2);
        var directory = ServiceDirectory.create(home.resolve("api"));
        directory.configure(settings().api(database.embedded(), ports.getFirst(), ports.getLast()));
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
    public Database startDatabase() {
        return opened(new Database(home.resolve("postgres"), home.resolve("postgres.log")));
    }

    /** An opponent in PostgreSQL's company, which ends with the stage. */
    public Child startPeer(String module, String main, int concurrency, Database database) {
        var name = module + "-" + ++numbered;
        var all = new HashMap<>(common(concurrency));
        all.putAll(database.settings());
        return opened(child(name, module, main, all).start());
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
        broker().create(orders, results);
        var all = new HashMap<>(common(concurrency));
        broker().login("admin").forEach((key, value) -> all.put("kafka." + key, value));
        all.put("orders", orders);
        all.put("results", results);
        all.put("partitions", String.valueOf(Broker.PARTITIONS));
        return new Peer(opened(child(name, module, main, all).start()), orders, results);
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
        forget(child);
    }

    /** The same for a database, whose data go as well. */
    public void end(Database database) {
        database.close();
        forget(database);
        delete(home.resolve("postgres"));
    }

    private void forget(AutoCloseable part) {
        synchronized (open) {
            open.remove(part);
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook is about to find that there is nothing left to do.
            return;
        }
        delete(home);
    }

    private Settings settings() {
        return new Settings(kit, upstream.url(), broker());
    }

    private Map<String, String> common(int concurrency) {
        return Map.of(
                "upstream", upstream.url(),
                "token", "a-management-token",
                "concurrency", String.valueOf(concurrency));
    }

    private Child child(String name, String module, String main, Map<String, String> settings) {
        var directory = ServiceDirectory.create(home.resolve(name));
        directory.configure(settings);
        return Child.of(name, directory, ClassPaths.of(checkout, module), main);
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
                }
            }
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var tree = Files.walk(directory)) {
            for (var file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
