package dev.mandate.audit.log;

import dev.mandate.contracts.topic.LogRecord.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How much of the log is looked at.
 *
 * @param seenAt when the ends were read; deadlines are compared with it
 * @param ranges one for each partition of each topic
 */
public record Extent(Instant seenAt, List<Range> ranges) {

    /** Copies the list. */
    public Extent {
        ranges = List.copyOf(ranges);
    }

    /**
     * The part of one partition that is looked at.
     *
     * @param from the first offset that the log still holds
     * @param to the offset after the last
     */
    public record Range(String topic, int partition, long from, long to) {

        /** Whether it holds no offsets. */
        public boolean isEmpty() {
            return from >= to;
        }
    }

    /** Where an offset lies. */
    public enum Side {
        /** Before what the log still holds. */
        BEFORE,
        /** Within what is looked at. */
        WITHIN,
        /** Appended after the ends were read. */
        AFTER,
        /** In a partition that is not looked at, or nowhere at all. */
        NOWHERE
    }

    /** Where a position lies. */
    public Side side(Position position) {
        return range(position.topic(), position.partition())
                .filter(range -> position.offset() >= 0)
                .map(range -> position.offset() < range.from
                        ? Side.BEFORE
                        : position.offset() < range.to ? Side.WITHIN : Side.AFTER)
                .orElse(Side.NOWHERE);
    }

    /** How many partitions a topic has; 0 for an unknown one. */
    public int partitions(String topic) {
        return (int) ranges.stream().filter(range -> range.topic.equals(topic)).count();
    }

    /** Whether retention has already removed the first records of this partition. */
    public boolean startsLate(String topic, int partition) {
        return range(topic, partition).map(range -> range.from > 0).orElse(false);
    }

    /** Whether retention has already removed records of any partition of this topic. */
    public boolean startsLate(String topic) {
        return ranges.stream().anyMatch(range -> range.topic.equals(topic) && range.from > 0);
    }

    /** How many offsets there are to look at; transaction markers and the like among them. */
    public long size() {
        return ranges.stream()
                .mapToLong(range -> Math.max(0, range.to - range.from))
                .sum();
    }

    private Optional<Range> range(String topic, int partition) {
        return ranges.stream()
                .filter(range -> range.partition == partition && range.topic.equals(topic))
                .findFirst();
    }
}
