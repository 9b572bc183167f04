package dev.mandate.api.log;

import dev.mandate.contracts.topic.LogRecord;
import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/** A partition of one of the topics; ordered, so that everybody who locks several does it in the same order. */
public record LogPartition(String topic, int partition) implements Comparable<LogPartition> {

    private static final Comparator<LogPartition> ORDER =
            Comparator.comparing(LogPartition::topic).thenComparingInt(LogPartition::partition);

    /** The partition in which a record stands. */
    public static LogPartition of(LogRecord.Position position) {
        return new LogPartition(position.topic(), position.partition());
    }

    static LogPartition of(TopicPartition partition) {
        return new LogPartition(partition.topic(), partition.partition());
    }

    TopicPartition toKafka() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public int compareTo(LogPartition other) {
        return ORDER.compare(this, other);
    }
}
