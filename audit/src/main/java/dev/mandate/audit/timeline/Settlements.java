package dev.mandate.audit.timeline;

import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.resolution.Resolution;
import dev.mandate.contracts.resolution.ResolutionReader;
import dev.mandate.contracts.resolution.Verdict;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Position;
import java.util.HashMap;
import java.util.Map;

/** What people said of commands whose outcome is unknown. It stands in other partitions than the commands. */
final class Settlements {

    private static final String UNKNOWN = "unknown";

    private final ResolutionReader reader;
    private final Map<Position, Entry.Settled> first = new HashMap<>();

    Settlements(ResolutionReader reader) {
        this.reader = reader;
    }

    /**
     * A record of the control topic.
     *
     * @throws RejectedException when it is not what it claims to be
     */
    void control(LogRecord record) throws RejectedException {
        if (!ResolutionReader.isClaimedBy(record)) {
            return;
        }
        Resolution resolution = reader.read(record).resolution();
        CommandReference about = resolution.command();
        first.putIfAbsent(
                new Position(about.topic(), about.partition(), about.offset()),
                new Entry.Settled(
                        resolution.subject(),
                        resolution.verdict() == Verdict.DONE,
                        resolution.reason(),
                        record.appendedAt()));
    }

    /** The entry, with what was said of it. */
    Entry settle(Entry entry) {
        Entry.Settled word = first.get(entry.position());
        return word != null && entry.result().status().equals(UNKNOWN) ? entry.with(word) : entry;
    }
}
