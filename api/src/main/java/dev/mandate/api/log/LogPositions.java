package dev.mandate.api.log;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A place in several partitions at once.
 *
 * @param next by partition, the offset of the next record to read; everything before it is behind
 */
public record LogPositions(SortedMap<LogPartition, Long> next) {

    /** Copies the map. */
    public LogPositions {
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    /** Positions out of any map. */
    public static LogPositions of(Map<LogPartition, Long> next) {
        return new LogPositions(new TreeMap<>(next));
    }

    /** The next offset to read in this partition; 0 where nothing is known of it. */
    public long next(LogPartition partition) {
        return next.getOrDefault(partition, 0L);
    }

    /** Whether a record is already behind. */
    public boolean isPast(LogPartition partition, long offset) {
        return next(partition) > offset;
    }

    /** Whether everything that lies before the other positions, in the partitions known here, is behind. */
    public boolean hasReached(LogPositions other) {
        return next.entrySet().stream().allMatch(entry -> entry.getValue() >= other.next(entry.getKey()));
    }

    /** How many offsets lie between these and later positions, in the partitions known here. */
    public long distanceTo(LogPositions later) {
        return next.entrySet().stream()
                .mapToLong(entry -> Math.max(0, later.next(entry.getKey()) - entry.getValue()))
                .sum();
    }

    /** These positions, in no partition further back than the others; partitions known here only. */
    public LogPositions advancedTo(LogPositions others) {
        var advanced = new TreeMap<>(next);
        advanced.replaceAll((partition, offset) -> Math.max(offset, others.next(partition)));
        return new LogPositions(advanced);
    }

    /** These positions past one record. */
    public LogPositions past(LogPartition partition, long offset) {
        if (isPast(partition, offset)) {
            return this;
        }
        var advanced = new TreeMap<>(next);
        advanced.put(partition, offset + 1);
        return new LogPositions(advanced);
    }

    /** Only the partitions that fit. */
    public LogPositions only(Predicate<LogPartition> wanted) {
        var rest = new TreeMap<>(next);
        rest.keySet().removeIf(wanted.negate());
        return new LogPositions(rest);
    }

    /** The partitions that are known here. */
    public Collection<LogPartition> partitions() {
        return next.keySet();
    }
}
