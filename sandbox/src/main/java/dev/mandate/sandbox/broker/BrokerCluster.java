package dev.mandate.sandbox.broker;

import dev.mandate.sandbox.net.FreePorts;
import dev.mandate.sandbox.net.Relays;
import dev.mandate.sandbox.process.Service;
import dev.mandate.sandbox.process.ServiceDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brokers as processes of their own, each its own controller, which together are one cluster: with three, records have
 * three replicas, two of which must have them. Some clients reach them through relays only.
 */
public final class BrokerCluster implements Brokers {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PORTS = 3;

    private final SaslUsers users;
    private final List<Service> processes = new ArrayList<>();
    private final List<BrokerSettings> settings = new ArrayList<>();
    private final List<String> bootstrapServers = new ArrayList<>();
    private final Map<String, List<String>> relayed = new HashMap<>();

    /**
     * Makes brokers that are not started yet.
     *
     * @param home where each has its directory, {@code broker-1} and so on
     * @param count how many
     * @param clients who reaches them through relays, by name
     * @param relays where those are added
     */
    public BrokerCluster(Path home, int count, List<String> clients, SaslUsers users, Relays relays) {
        this.users = users;
        var nodes = new ArrayList<BrokerSettings.Node>();
        var ports = FreePorts.take(count * (PORTS + clients.size())).iterator();
        for (int id = 1; id <= count; id++) {
            var doors = new ArrayList<BrokerSettings.Door>();
            for (var client : clients) {
                int port = ports.next();
                int advertised = relays.add(client, name(id), port);
                doors.add(new BrokerSettings.Door(port, advertised));
                relayed.computeIfAbsent(client, _ -> new ArrayList<>()).add("127.0.0.1:" + advertised);
            }
            var directory = home.resolve(name(id)).resolve("kafka");
            nodes.add(new BrokerSettings.Node(id, directory, ports.next(), ports.next(), doors));
        }
        nodes.forEach(node -> add(new BrokerSettings(node, nodes, users), home, ports.next()));
    }

    private void add(BrokerSettings broker, Path home, int managementPort) {
        var name = name(broker.node().id());
        var directory = ServiceDirectory.create(home.resolve(name));
        var configuration = new TreeMap<>(broker.toMap());
        configuration.put(BrokerProgram.MANAGEMENT_PORT, String.valueOf(managementPort));
        directory.configure(configuration);
        settings.add(broker);
        bootstrapServers.add(broker.node().client());
        processes.add(new Service(name, BrokerProgram::program, directory, managementPort));
    }

    /** What the broker with this number is called. */
    private static String name(int id) {
        return "broker-" + id;
    }

    @Override
    public String bootstrapServers() {
        return String.join(",", bootstrapServers);
    }

    @Override
    public String bootstrapServersFor(String process) {
        return String.join(",", relayed.getOrDefault(process, bootstrapServers));
    }

    @Override
    public SaslUsers users() {
        return users;
    }

    @Override
    public int count() {
        return processes.size();
    }

    @Override
    public List<Service> processes() {
        return List.copyOf(processes);
    }

    /**
     * None of them is ready before most of them have found one another, so they are started first and waited for then.
     */
    @Override
    public void start() {
        settings.forEach(BrokerDirectory::format);
        processes.forEach(Service::start);
        processes.forEach(process -> process.awaitReady(PATIENCE));
    }

    /** Kills them, as a loss of power would, but for what the operating system has not yet written to its disks. */
    @Override
    public void stop() {
        processes.forEach(Service::kill);
    }

    @Override
    public void close() {
        stop();
        processes.forEach(Service::close);
    }
}
