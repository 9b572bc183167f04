package dev.mandate.worker.consumption;

import java.util.Set;
import java.util.TreeSet;

/** Which records of one topic partition have been read and are not settled yet. */
final class OffsetTracker {

    private final TreeSet<Long> open = new TreeSet<>();
    private long next;

    /** Nothing has been read before this offset. */
    OffsetTracker(long next) {
        this.next = next;
    }

    void read(long offset) {
        open.add(offset);
        next = Math.max(next, offset + 1);
    }

    void settled(long offset) {
        open.remove(offset);
    }

    /** The last offset that was read, or the one before the first. */
    long lastRead() {
        return next - 1;
    }

    /** The offset to commit once these records are settled too: that of the lowest one that is not. */
    long lowestUnsettled(Set<Long> aboutToSettle) {
        for (long offset : open) {
            if (!aboutToSettle.contains(offset)) {
                return offset;
            }
        }
        return next;
    }
}
