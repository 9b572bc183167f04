package dev.mandate.bench.worker;

import dev.mandate.bench.stage.Broker;
import java.time.Duration;
import java.util.HashMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts the committed records of a topic as they come. The broker's clock says when each was appended. */
final class Results implements AutoCloseable {

    private final Thread thread;
    private volatile boolean closed;
    private long count;
    private long lastAt;

    /** @param counts which records are results */
    Results(Broker broker, String topic, Predicate<ConsumerRecord<byte[], byte[]>> counts) {
        var settings = new HashMap<>(broker.administrator());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 100_000);
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = IntStream.range(0, Broker.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().daemon().name("results").start(() -> {
            try (consumer) {
                while (!closed) {
                    for (var record : consumer.poll(Duration.ofMillis(50))) {
                        if (counts.test(record)) {
                            count(record.timestamp());
                        }
                    }
                }
            }
        });
    }

    private synchronized void count(long at) {
        count++;
        lastAt = Math.max(lastAt, at);
    }

    synchronized Contender.Recorded recorded() {
        return new Contender.Recorded(count, lastAt);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
