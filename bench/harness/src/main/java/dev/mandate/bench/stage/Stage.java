package dev.mandate.bench.stage;

import dev.mandate.contracts.topic.Lane;
import dev.mandate.sandbox.Names;
import dev.mandate.sandbox.keys.SandboxKeys;
import dev.mandate.sandbox.net.FreePorts;
import java.net.URI;
import java.nio.file.Path;
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

    private final Openings open = new Openings();
    private final Thread hook = new Thread(open::close, "bench-stop");
    private final Home home;
    private final Kit kit;
    private final Issuer issuer;
    private final Optional<Broker> broker;
    private final Upstream upstream;

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
        Runtime.getRuntime().addShutdownHook(hook);
        home = new Home(checkout);
        kit = new Kit(home.path());
        int port = FreePorts.take(1).getFirst();
        issuer = new Issuer("http://127.0.0.1:" + port + "/");
        upstream = open.add(new Upstream("http://127.0.0.1:" + port, startUpstream(port)));
        broker = withBroker ? Optional.of(open.add(new Broker(startBroker()))) : Optional.empty();
    }

    /**
     * The broker.
     *
     * @throws java.util.NoSuchElementException when there is none
     */
    public Broker broker() {
        return broker.orElseThrow();
    }

    /** The workers' consumer group. */
    public Group group() {
        return new Group(broker());
    }

    /** The upstream. */
    public Upstream upstream() {
        return upstream;
    }

    /** Commands as the API signs them. */
    public SignedCommands signedCommands(Numbers numbers) {
        return signedCommands(numbers, Lane.INTERACTIVE);
    }

    /** The same for one of the lanes. */
    public SignedCommands signedCommands(Numbers numbers, Lane lane) {
        return new SignedCommands(kit, issuer, numbers, lane);
    }

    /** What the journal says once they have been executed. */
    public SettledCommands settledCommands() {
        return new SettledCommands(kit.journalWriter(), issuer.url(), kit.sealedAnswer());
    }

    /** People with access tokens. */
    public Issuer issuer() {
        return issuer;
    }

    /** Mandate's own worker, with some settings beside the usual ones, when it is ready. */
    public Child startWorker(Map<String, String> more) {
        return worker(more).startReady();
    }

    /** The same, not started yet. */
    public Child worker(Map<String, String> more) {
        int port = FreePorts.take(1).getFirst();
        var name = home.name("worker");
        var all = new HashMap<>(settings().worker(name, port));
        all.putAll(more);
        return open.add(home.application(name, "worker", all, port));
    }

    /** Mandate's worker without something that it has, when it is ready: {@code Weakness} among its tests says what. */
    public Child startWorkerWithout(String weakness) {
        int port = FreePorts.take(1).getFirst();
        var name = home.name("worker");
        var all = new HashMap<>(settings().worker(name, port));
        all.put("laboratory.without", weakness);
        return open.add(home.laboratoryWorker(name, all, port)).startReady();
    }

    /** The loop that verifies and signs as Mandate does, when it has its place in the log. */
    public Peer startSignedLoop() {
        var name = home.name("signed");
        var results = name + ".results";
        broker().create(results);
        var all = new HashMap<>(common(1));
        broker().login("admin").forEach((key, value) -> all.put("kafka." + key, value));
        all.put("orders", Lane.INTERACTIVE.topic());
        all.put("results", results);
        all.put("partitions", String.valueOf(Broker.PARTITIONS));
        all.put("ring", kit.ring().toString());
        all.put("signing", SandboxKeys.signing(kit.worker()).toString());
        all.put("issuer", issuer.url());
        all.put("answer", kit.sealedAnswer());
        var process = open.add(home.own(name, "dev.mandate.bench.signed.SignedLoopMain", all));
        return new Peer(process.startMarked(), Lane.INTERACTIVE.topic(), results);
    }

    /** Mandate's own API, when it is ready. */
    public Api startApi(Database database) {
        var ports = FreePorts.take(2);
        var all = settings().api(database, ports.getFirst(), ports.getLast());
        var process = open.add(home.application("api", "api", all, ports.getLast()));
        return new Api(process.startReady(), URI.create("http://127.0.0.1:" + ports.getFirst()));
    }

    /**
     * Something that takes commands by HTTP.
     *
     * @param process its process
     * @param url where requests go
     */
    public record Api(Child process, URI url) {}

    /**
     * An endpoint of the same server as the API's that looks at nothing but the token, when it is ready.
     *
     * @param remembering whether it verifies each token once, as the API does, and not with each request
     */
    public Api startBare(boolean remembering) {
        int port = FreePorts.take(1).getFirst();
        var all = Map.of(
                "server.address", "127.0.0.1",
                "server.port", String.valueOf(port),
                "spring.security.oauth2.resourceserver.jwt.issuer-uri", issuer.url(),
                "spring.security.oauth2.resourceserver.jwt.audiences", Names.AUDIENCE,
                "bench.remembering", String.valueOf(remembering));
        var process = open.add(home.opponent(home.name("bare"), "bare", "dev.mandate.bench.bare.BareApplication", all));
        return new Api(process.startMarked(), URI.create("http://127.0.0.1:" + port));
    }

    /** A class of the harness in a process of its own, which does not have to be ended. */
    public Child start(Class<?> main, Map<String, String> settings) {
        return open.add(home.own(home.name("harness"), main.getName(), settings))
                .start();
    }

    /** PostgreSQL, when it takes connections. */
    public Database startDatabase() {
        return open.add(
                new Database(home.path().resolve("postgres"), home.path().resolve("postgres.log")));
    }

    /** An opponent in PostgreSQL's company, which ends with the stage. */
    public Child startPeer(String module, String main, int concurrency, Database database) {
        var all = new HashMap<>(common(concurrency));
        all.putAll(database.settings("database"));
        return open.add(home.opponent(home.name(module), module, main, all)).start();
    }

    /**
     * An opponent in Kafka's company, with topics of its own.
     *
     * @param module the directory of its module below {@code bench}
     * @param main its class
     */
    public Peer startPeer(String module, String main, int concurrency) {
        var name = home.name(module);
        var orders = name + ".orders";
        var results = name + ".results";
        broker().create(orders, results);
        var all = new HashMap<>(common(concurrency));
        broker().login("admin").forEach((key, value) -> all.put("kafka." + key, value));
        all.put("orders", orders);
        all.put("results", results);
        all.put("partitions", String.valueOf(Broker.PARTITIONS));
        return new Peer(open.add(home.opponent(name, module, main, all)).start(), orders, results);
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
        open.forget(child);
    }

    /** The same for a database, whose data go as well. */
    public void end(Database database) {
        database.close();
        open.forget(database);
        Home.delete(home.path().resolve("postgres"));
    }

    @Override
    public void close() {
        open.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook is about to find that there is nothing left to do.
            return;
        }
        home.delete();
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

    private Child startUpstream(int port) {
        var settings = Map.of(
                "port", String.valueOf(port),
                "targets", String.valueOf(TARGETS),
                "issuer", issuer.url(),
                "audience", Names.AUDIENCE,
                "permissions", String.join(",", Issuer.PERMISSIONS),
                "jwks", issuer.jwks());
        return open.add(home.own("upstream", "dev.mandate.bench.upstream.UpstreamMain", settings))
                .startMarked();
    }

    private Child startBroker() {
        return open.add(home.own("broker", BrokerMain.class.getName(), Map.of(), String.valueOf(Broker.PARTITIONS)))
                .startMarked();
    }
}
