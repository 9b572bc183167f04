package dev.mandate.bench.peer;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients for a loop that commits what it has consumed itself, and whose results are acknowledged by all replicas. */
public final class KafkaClients {

    private KafkaClients() {}

    /** A consumer that begins where its group has come to, or else at the beginning. */
    public static KafkaConsumer<byte[], byte[]> consumer(PeerSettings settings, String group) {
        return new KafkaConsumer<>(
                settings.kafka(Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** A producer of bytes. */
    public static KafkaProducer<byte[], byte[]> producer(PeerSettings settings) {
        return new KafkaProducer<>(
                settings.kafka(Map.of(ProducerConfig.ACKS_CONFIG, "all")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
