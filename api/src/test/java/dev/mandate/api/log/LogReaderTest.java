package dev.mandate.api.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LogReaderTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.COMMANDS, 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

    @Test
    void between_two_polls_that_bring_something_lies_the_spacing() {
        Duration spacing = Duration.ofMillis(200);
        try (LogReader reader = reader(spacing)) {
            long began = System.nanoTime();
            append(0);
            reader.poll(Duration.ZERO);
            append(1);

            LogReader.Batch batch = reader.poll(Duration.ZERO);

            assertThat(batch.records()).hasSize(1);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(spacing);
        }
    }

    @Test
    @Timeout(60)
    void where_nothing_goes_on_nobody_waits() {
        try (LogReader reader = reader(Duration.ofHours(1))) {
            reader.poll(Duration.ZERO);
            append(0);

            assertThat(reader.poll(Duration.ZERO).records()).hasSize(1);
        }
    }

    private LogReader reader(Duration spacing) {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        var reader = new LogReader(consumer, spacing);
        reader.seek(LogPositions.of(Map.of(LogPartition.of(PARTITION), 0L)));
        return reader;
    }

    private void append(long offset) {
        consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, new byte[0], null));
    }
}
