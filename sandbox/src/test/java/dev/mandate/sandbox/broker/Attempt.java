package dev.mandate.sandbox.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Things that somebody tries to do on the broker with a login of his own. Each says whether he was let. */
final class Attempt {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Properties login;

    Attempt(RunningBroker broker, String principal) {
        this.login = broker.users().named(principal).clientProperties(broker.bootstrapServers());
    }

    /** Reads the record that stands at the beginning of the topic, with no group. */
    boolean toRead(String topic) throws Exception {
        return letIn(() -> {
            try (var consumer = consumer(Map.of())) {
                var partition = new TopicPartition(topic, 0);
                consumer.assign(List.of(partition));
                consumer.seek(partition, 0);
                awaitRecord(consumer);
            }
        });
    }

    /** Appends a record. */
    boolean toWrite(String topic) throws Exception {
        return letIn(() -> {
            try (var producer = producer(Map.of())) {
                producer.send(record(topic)).get();
            }
        });
    }

    /** Joins the group, gets a partition of the topic and reads a record of it. */
    boolean toJoin(String group, String topic, String protocol) throws Exception {
        return letIn(() -> {
            try (var consumer = consumer(Map.of(
                    "group.id",
                    group,
                    "group.protocol",
                    protocol,
                    "auto.offset.reset",
                    "earliest",
                    "enable.auto.commit",
                    "false"))) {
                consumer.subscribe(List.of(topic));
                awaitRecord(consumer);
            }
        });
    }

    /** Starts to use the transactional id, which fences whoever used it before. */
    boolean toUseTransactionalId(String id) throws Exception {
        return letIn(() -> {
            try (var producer = producer(Map.of("transactional.id", id))) {
                producer.initTransactions();
            }
        });
    }

    static ProducerRecord<byte[], byte[]> record(String topic) {
        return new ProducerRecord<>(topic, 0, null, new byte[] {1});
    }

    private static void awaitRecord(KafkaConsumer<byte[], byte[]> consumer) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.poll(Duration.ofMillis(200)).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("neither a record nor a refusal within " + PATIENCE);
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(Map<String, String> settings) {
        return new KafkaConsumer<>(with(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, String> settings) {
        return new KafkaProducer<>(with(settings), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Properties with(Map<String, String> settings) {
        var properties = new Properties();
        properties.putAll(login);
        properties.putAll(settings);
        return properties;
    }

    /** Only a refusal for lack of rights counts as one; anything else that goes wrong is thrown. */
    static boolean letIn(Action action) throws Exception {
        try {
            action.run();
            return true;
        } catch (KafkaException | ExecutionException e) {
            if (isRefusal(e)) {
                return false;
            }
            throw e;
        }
    }

    /** A client wraps a refusal differently, depending on which of its threads meets it first. */
    private static boolean isRefusal(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(AuthorizationException.class::isInstance);
    }

    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
