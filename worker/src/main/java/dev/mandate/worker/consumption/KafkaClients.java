package dev.mandate.worker.consumption;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * Kafka clients, made by spring-kafka's factories out of {@code spring.kafka.*}. What the guarantees rest on is set
 * here and can't be configured away. Values are bytes: no deserializer ever looks into an untrusted record.
 */
final class KafkaClients {

    /** The one consumer group of all workers. */
    static final String GROUP = "mandate-worker";

    /** After this long the broker ends a transaction, and the epoch it was begun in. */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

    /**
     * A transaction that begins before the markers of the one before are written is told to try again (KIP-890), which
     * they are within milliseconds. A coordinator that is away is asked as often, since it is the same setting.
     */
    private static final Duration TRY_AGAIN = Duration.ofMillis(5);

    private final KafkaProperties properties;
    private final String instance;

    KafkaClients(KafkaProperties properties, String instance) {
        this.properties = properties;
        this.instance = instance;
    }

    /** The consumer of commands, a member of the group by the new protocol (KIP-848). */
    Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = consumerConfig("mandate-worker-" + instance);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        config.put(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, "range");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
        return make(config);
    }

    /** A consumer that is no member of the group, to read back with. */
    Consumer<byte[], byte[]> reader(String purpose) {
        Map<String, Object> config = consumerConfig("mandate-worker-" + instance + "-" + purpose);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        return make(config);
    }

    /**
     * The same, which sees transactions that are still open, too: to ask where a log ends, not to believe what it says.
     */
    Consumer<byte[], byte[]> readerOfAll(String purpose) {
        Map<String, Object> config = consumerConfig("mandate-worker-" + instance + "-" + purpose);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return make(config);
    }

    /** The producer of the journal; making it fences an earlier run of the same instance. */
    Producer<byte[], byte[]> producer() {
        Map<String, Object> config = new HashMap<>(properties.buildProducerProperties());
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "mandate-worker-" + instance);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "mandate-worker-" + instance);
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(TRANSACTION_TIMEOUT.toMillis()));
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, seconds(8));
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, seconds(4));
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, seconds(8));
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, TRY_AGAIN.toMillis());
        var factory = new DefaultKafkaProducerFactory<byte[], byte[]>(config) {

            // Without the wrapper that returns producers to a cache: this one belongs to the loop.
            Producer<byte[], byte[]> raw() {
                return createRawProducer(config);
            }
        };
        factory.setKeySerializer(new ByteArraySerializer());
        factory.setValueSerializer(new ByteArraySerializer());
        return factory.raw();
    }

    private Map<String, Object> consumerConfig(String clientId) {
        Map<String, Object> config = new HashMap<>(properties.buildConsumerProperties());
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // Broker addresses and topics come from configuration and the contracts, never from metadata we did not ask
        // for.
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.remove(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);
        // The broker would refuse a static member while an earlier process under its name is not known to be dead.
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        return config;
    }

    private static Consumer<byte[], byte[]> make(Map<String, Object> config) {
        return new DefaultKafkaConsumerFactory<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .createConsumer();
    }

    private static int seconds(int seconds) {
        return Math.toIntExact(Duration.ofSeconds(seconds).toMillis());
    }
}
