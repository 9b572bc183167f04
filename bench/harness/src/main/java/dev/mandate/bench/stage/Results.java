package dev.mandate.bench.stage;

import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
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
public final class Results implements AutoCloseable {

    private static final String OUTCOME = "outcome/v1";

    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean ended;
    private long count;
    private long firstAt;
    private long lastAt;

    /**
     * What has been recorded.
     *
     * @param results how many, ever
     * @param firstAt when the first one was, in milliseconds since 1970, by the clock of whoever keeps it
     * @param lastAt when the last one was
     */
    public record Recorded(long results, long firstAt, long lastAt) {}

    /** Every record of a topic is a result. */
    public static Results of(Broker broker, String topic) {
        return new Results(broker, topic, _ -> true);
    }

    /** Commands that have ended. */
    public static Results outcomes(Broker broker) {
        return outcomes(broker, Topics.RESULTS);
    }

    /** The same where the journal is kept in a topic of its own. */
    public static Results outcomes(Broker broker, String topic) {
        return new Results(broker, topic, Results::isOutcome);
    }

    /** @param counts which records are results */
    private Results(Broker broker, String topic, Predicate<ConsumerRecord<byte[], byte[]>> counts) {
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
            } finally {
                ended = true;
            }
        });
    }

    private synchronized void count(long at) {
        firstAt = count == 0 ? at : Math.min(firstAt, at);
        count++;
        lastAt = Math.max(lastAt, at);
    }

    /**
     * What has been recorded since this was made.
     *
     * @throws IllegalStateException when nobody counts any more: that must not look as if nothing more were done
     */
    public synchronized Recorded recorded() {
        if (ended) {
            throw new IllegalStateException("results can't be read any more");
        }
        return new Recorded(count, firstAt, lastAt);
    }

    private static boolean isOutcome(ConsumerRecord<byte[], byte[]> record) {
        var type = record.headers().lastHeader("ce_type");
        return type != null && new String(type.value(), StandardCharsets.UTF_8).endsWith(OUTCOME);
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
