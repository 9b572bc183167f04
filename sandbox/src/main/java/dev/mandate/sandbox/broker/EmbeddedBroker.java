package dev.mandate.sandbox.broker;

import dev.mandate.sandbox.net.FreePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker and controller in this process, in KRaft mode, made from the Kafka jars. Clients log in with
 * SCRAM-SHA-512 and may do what access rules grant them; without a rule nothing is allowed. It listens on 127.0.0.1
 * only, on ports that were free when it was made, and comes back on the same ones after {@link #stop()} and
 * {@link #start()}, with everything it had stored.
 */
public final class EmbeddedBroker implements Brokers {

    private final BrokerSettings settings;
    private final SaslUsers users;
    private Optional<KafkaRaftServer> running = Optional.empty();
    private boolean closed;

    /**
     * Makes a broker that is not started yet.
     *
     * @param directory where it keeps its log; an empty directory, or one that an earlier broker with the same users
     *     left behind
     */
    public EmbeddedBroker(Path directory, SaslUsers users) {
        this.users = users;
        var ports = FreePorts.take(2);
        var node = new BrokerSettings.Node(1, directory, ports.get(0), ports.get(1), List.of());
        this.settings = new BrokerSettings(node, List.of(node), users);
    }

    @Override
    public String bootstrapServers() {
        return settings.node().client();
    }

    @Override
    public SaslUsers users() {
        return users;
    }

    /**
     * Starts it and returns when it takes requests.
     *
     * @throws IllegalStateException when it runs already, has been closed, or can't use its directory
     */
    @Override
    public synchronized void start() {
        if (running.isPresent() || closed) {
            throw new IllegalStateException("the broker " + (closed ? "is closed" : "runs already"));
        }
        BrokerDirectory.format(settings);
        var server = new KafkaRaftServer(new KafkaConfig(settings.toMap(), false), Time.SYSTEM);
        server.startup();
        running = Optional.of(server);
    }

    /** Stops it and waits until it has closed its log. Does nothing when it does not run. */
    @Override
    public synchronized void stop() {
        running.ifPresent(server -> {
            server.shutdown();
            server.awaitShutdown();
        });
        running = Optional.empty();
    }

    /** Stops it for good. */
    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }
}
