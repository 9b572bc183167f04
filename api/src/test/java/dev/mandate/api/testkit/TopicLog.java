package dev.mandate.api.testkit;

import dev.mandate.contracts.topic.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks into a topic, with a plain consumer that belongs to no group. */
public final class TopicLog implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    public TopicLog(String bootstrapServers, String topic) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** How many records the topic was ever given. */
    public long size() {
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** All records. */
    public List<LogRecord> records() {
        long expected = size();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var records = new ArrayList<LogRecord>();
        Instant until = Instant.now().plusSeconds(20);
        while (records.size() < expected && Instant.now().isBefore(until)) {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> records.add(logRecord(record)));
        }
        return records;
    }

    private static LogRecord logRecord(ConsumerRecord<byte[], byte[]> record) {
        return new LogRecord(
                new LogRecord.Position(record.topic(), record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value(),
                Arrays.stream(record.headers().toArray())
                        .map(header -> new LogRecord.Header(header.key(), header.value()))
                        .toList());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
