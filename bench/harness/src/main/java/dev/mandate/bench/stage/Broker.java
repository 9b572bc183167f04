package dev.mandate.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The broker as the harness sees it: a process with an address and users. */
public final class Broker implements AutoCloseable {

    /** Of each topic, so that a listener with a thread for each of them has a dozen. */
    public static final int PARTITIONS = 12;

    private static final Duration FOLLOWING = Duration.ofSeconds(1);
    private static final String TIMESTAMPS = "message.timestamp.type";
    private static final String SESSION_TIMEOUT = "group.consumer.session.timeout.ms";

    private final Child process;

    Broker(Child process) {
        this.process = process;
    }

    /** Its process. */
    public Child process() {
        return process;
    }

    /** How one of its users logs in: settings of a Kafka client, a password among them. */
    Map<String, String> login(String user) {
        var file = process.directory().resolve("users").resolve(user).resolve("application.properties");
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            var settings = new Properties();
            settings.load(reader);
            var login = new HashMap<String, String>();
            settings.stringPropertyNames().forEach(name -> login.put(name, settings.getProperty(name)));
            return Map.copyOf(login);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How the administrator, who may do everything, logs in. */
    public Map<String, Object> administrator() {
        return Map.copyOf(login("admin"));
    }

    /** A producer of the harness's own, made for much at once. */
    public KafkaProducer<byte[], byte[]> producer() {
        var settings = new HashMap<>(administrator());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 134_217_728L);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * After how long without a sign of life a member of a consumer group counts as gone.
     *
     * @throws IllegalStateException when the broker does not say
     */
    public Duration sessionTimeout() {
        try (var admin = Admin.create(administrator())) {
            var node = admin.describeCluster().nodes().get().iterator().next();
            var broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
            var settings = Objects.requireNonNull(
                    admin.describeConfigs(List.of(broker)).values().get(broker));
            return Duration.ofMillis(
                    Long.parseLong(settings.get().get(SESSION_TIMEOUT).value()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not say how it is set up", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Makes topics with the settings of Mandate's own.
     *
     * @throws IllegalStateException when the broker refuses
     */
    public void create(String... topics) {
        try (var admin = Admin.create(administrator())) {
            admin.createTopics(List.of(topics).stream()
                            .map(name -> new NewTopic(name, PARTITIONS, (short) 1)
                                    .configs(Map.of(TIMESTAMPS, "LogAppendTime")))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refuses topics", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Whether these topics believe when a record says that it was appended, as Mandate's own never do.
     *
     * @throws IllegalStateException when the broker refuses
     */
    public void believeTimes(boolean believe, Collection<String> topics) {
        var entry = new ConfigEntry(TIMESTAMPS, believe ? "CreateTime" : "LogAppendTime");
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        topics.forEach(topic -> changes.put(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))));
        try (var admin = Admin.create(administrator())) {
            admin.incrementalAlterConfigs(changes).all().get();
            // The controller has it; the logs follow.
            Pause.of(FOLLOWING);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refuses to change topics", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
