package dev.mandate.bench.loop;

import dev.mandate.bench.peer.Order;
import dev.mandate.bench.peer.PeerSettings;
import dev.mandate.bench.peer.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One thread that consumes, calls and produces, and commits what it has consumed when all of its results are
 * acknowledged. Nothing that does the same through Kafka can take less CPU; and it does one thing at a time.
 */
public final class RawLoop {

    private RawLoop() {}

    /** Runs until the process is ended. */
    public static void main(String[] arguments) {
        var settings = PeerSettings.read();
        var upstream = new Upstream(settings);
        try (var consumer = consumer(settings);
                var producer = producer(settings)) {
            consumer.subscribe(List.of(settings.orders()));
            while (!Thread.currentThread().isInterrupted()) {
                var records = consumer.poll(Duration.ofMillis(100));
                for (var record : records) {
                    var order = Order.parse(record.value());
                    upstream.execute(order);
                    var _ = producer.send(new ProducerRecord<>(settings.results(), record.key(), order.result()));
                }
                if (!records.isEmpty()) {
                    producer.flush();
                    consumer.commitSync();
                }
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(PeerSettings settings) {
        return new KafkaConsumer<>(
                settings.kafka(Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG, "bench",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static KafkaProducer<byte[], byte[]> producer(PeerSettings settings) {
        return new KafkaProducer<>(
                settings.kafka(Map.of(ProducerConfig.ACKS_CONFIG, "all")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
