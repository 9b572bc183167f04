package dev.mandate.worker.consumption;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which records of one topic partition have been read and are not settled yet. */
final class OffsetTracker {

    private final TreeMap<Long, Instant> open = new TreeMap<>();
    private long next;
    private Optional<Instant> readUpTo = Optional.empty();

    /**
     * Up to where everything is settled.
     *
     * @param offset of the lowest record that is not
     * @param appendedAt when that one was appended; absent if it has not been read
     */
    record Mark(long offset, Optional<Instant> appendedAt) {}

    /** Nothing has been read before this offset. */
    OffsetTracker(long next) {
        this.next = next;
    }

    void read(long offset, Instant appendedAt) {
        open.put(offset, appendedAt);
        next = Math.max(next, offset + 1);
        readUpTo = Optional.of(appendedAt);
    }

    void settled(long offset) {
        open.remove(offset);
    }

    /** How many records have been read and are not settled. */
    int unsettled() {
        return open.size();
    }

    /** The last offset that was read, or the one before the first. */
    long lastRead() {
        return next - 1;
    }

    /**
     * When the oldest record was appended that has been read and is not settled: what is asked about it may be asked
     * yet. If there is none, when the last one was that has been read.
     */
    Optional<Instant> unsettledSince() {
        return open.values().stream().min(Comparator.naturalOrder()).or(() -> readUpTo);
    }

    /** What to commit once these records are settled too. */
    Mark lowestUnsettled(Set<Long> aboutToSettle) {
        for (Map.Entry<Long, Instant> entry : open.entrySet()) {
            if (!aboutToSettle.contains(entry.getKey())) {
                return new Mark(entry.getKey(), Optional.of(entry.getValue()));
            }
        }
        return new Mark(next, Optional.empty());
    }
}
