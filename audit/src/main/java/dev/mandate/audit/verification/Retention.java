package dev.mandate.audit.verification;

import dev.mandate.audit.log.Extent;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.RecordChecks;
import dev.mandate.contracts.topic.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Up to when retention has removed records of each partition: until the time of the first that is left. What is left of
 * an older command need not be all that there was.
 */
final class Retention {

    /** The topics whose records are numbered in chains. */
    private static final Set<String> NUMBERED = Set.of(Topics.COMMANDS, Topics.COMMANDS_BULK, Topics.CONTROL);

    private final Extent extent;
    private final Map<String, Instant> removedUntil = new HashMap<>();
    private Instant numberedUntil = Instant.MIN;

    Retention(Extent extent) {
        this.extent = extent;
        extent.ranges().stream()
                .filter(range -> range.from() > 0 && range.isEmpty())
                .forEach(range -> removedUntil.put(place(range.topic(), range.partition()), extent.seenAt()));
    }

    /** What is left of a partition begins with this record. */
    void beginsWith(LogRecord record) {
        Position position = record.position();
        if (extent.startsLate(position.topic(), position.partition())) {
            removedUntil.put(place(position.topic(), position.partition()), record.appendedAt());
            if (NUMBERED.contains(position.topic()) && record.appendedAt().isAfter(numberedUntil)) {
                numberedUntil = record.appendedAt();
            }
        }
    }

    /**
     * Whether something may be gone from a partition that was appended there at this time or later. Brokers' clocks
     * differ a little.
     */
    boolean mayHaveRemoved(String topic, int partition, Instant since) {
        Instant until = removedUntil.get(place(topic, partition));
        return until != null && !since.isAfter(until.plus(RecordChecks.SKEW));
    }

    /** Up to when something is gone of any partition whose records are numbered. */
    Instant numberedUntil() {
        return numberedUntil;
    }

    private static String place(String topic, int partition) {
        return topic + "/" + partition;
    }
}
