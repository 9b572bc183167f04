package dev.mandate.bench.loop;

import dev.mandate.bench.peer.KafkaClients;
import dev.mandate.bench.peer.Order;
import dev.mandate.bench.peer.PeerSettings;
import dev.mandate.bench.peer.Upstream;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

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
        try (var consumer = KafkaClients.consumer(settings, "bench");
                var producer = KafkaClients.producer(settings)) {
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
}
