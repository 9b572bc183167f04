package dev.mandate.sandbox.broker;

import dev.mandate.sandbox.net.FreePorts;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker and controller in this process, in KRaft mode, made from the Kafka jars. Clients log in with
 * SCRAM-SHA-512 and may do what access rules grant them; without a rule nothing is allowed. It listens on 127.0.0.1
 * only, on ports that were free when it was made, and comes back on the same ones after {@link #stop()} and
 * {@link #start()}, with everything it had stored.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final String CLUSTER_ID = "bWFuZGF0ZS1zYW5kYm94AA";

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
        this.settings = new BrokerSettings(directory, ports.get(0), ports.get(1), users);
    }

    /** Where clients connect, as {@code host:port}. */
    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /** Everybody who can log in. */
    public SaslUsers users() {
        return users;
    }

    /**
     * Starts it and returns when it takes requests.
     *
     * @throws IllegalStateException when it runs already, has been closed, or can't use its directory
     */
    public synchronized void start() {
        if (running.isPresent() || closed) {
            throw new IllegalStateException("the broker " + (closed ? "is closed" : "runs already"));
        }
        format();
        var server = new KafkaRaftServer(new KafkaConfig(settings.toMap(), false), Time.SYSTEM);
        server.startup();
        running = Optional.of(server);
    }

    /** Stops it and waits until it has closed its log. Does nothing when it does not run. */
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

    /** Gives the directory its identity and the users their passwords; a directory that has them keeps them. */
    private void format() {
        try (var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silence)
                    .setClusterId(CLUSTER_ID)
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .setMetadataLogDirectory(settings.directory().toString())
                    .addDirectory(settings.directory().toString())
                    .setIgnoreFormatted(true)
                    .setScramArguments(scramArguments())
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("can't prepare the broker's directory " + settings.directory(), e);
        }
    }

    private List<String> scramArguments() {
        return users.all().stream()
                .map(user -> "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user.name(), user.password()))
                .toList();
    }
}
