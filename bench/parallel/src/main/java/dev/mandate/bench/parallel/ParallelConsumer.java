package dev.mandate.bench.parallel;

import dev.mandate.bench.peer.Order;
import dev.mandate.bench.peer.PeerSettings;
import dev.mandate.bench.peer.Upstream;
import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One at a time per key, many keys at once, results acknowledged by all replicas before a record counts as done. */
public final class ParallelConsumer {

    private ParallelConsumer() {}

    /** Runs until the process is ended. */
    public static void main(String[] arguments) {
        var settings = PeerSettings.read();
        var upstream = new Upstream(settings);
        var consumer = new KafkaConsumer<>(
                settings.kafka(Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG, "bench",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)),
                // Arrays are never equal: with them as keys there would be no order by key.
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var producer = new KafkaProducer<>(
                settings.kafka(Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        // Each place waits for its record: whatever lingers is lost.
                        ProducerConfig.LINGER_MS_CONFIG,
                        0)),
                new StringSerializer(),
                new ByteArraySerializer());
        var processor =
                ParallelStreamProcessor.createEosStreamProcessor(ParallelConsumerOptions.<String, byte[]>builder()
                        .consumer(consumer)
                        .producer(producer)
                        .ordering(ProcessingOrder.KEY)
                        .commitMode(CommitMode.PERIODIC_CONSUMER_SYNC)
                        .maxConcurrency(settings.concurrency())
                        .build());
        processor.subscribe(List.of(settings.orders()));
        processor.pollAndProduce(context -> {
            var record = context.getSingleConsumerRecord();
            var order = Order.parse(record.value());
            upstream.execute(order);
            return new ProducerRecord<>(settings.results(), record.key(), order.result());
        });
    }
}
