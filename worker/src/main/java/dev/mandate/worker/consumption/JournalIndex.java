package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.topic.LogRecord;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one partition's journal says of the commands in it: which ids have been seen, which were started, and which
 * records need nothing more. It reaches back as far as the longest life of a command.
 */
final class JournalIndex {

    private final Map<CommandId, Entry> entries = new LinkedHashMap<>();
    private final Set<LogRecord.Position> settled = new HashSet<>();

    /**
     * A command that has been seen.
     *
     * @param first its first record, the one that decides
     * @param payloadHash of that record
     * @param requestHash of that record; absent where only the journal has been read
     * @param attempts how many have been started, as far as the journal says
     * @param ended whether it has its outcome
     * @param seenAt when the journal last spoke of it
     */
    record Entry(
            LogRecord.Position first,
            String payloadHash,
            Optional<String> requestHash,
            int attempts,
            boolean ended,
            Instant seenAt) {}

    Optional<Entry> find(CommandId id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Whether the journal already says all there is to say about this record. */
    boolean isSettled(LogRecord.Position position) {
        return settled.contains(position);
    }

    /** A command is taken up for the first time. */
    void takenUp(CommandReference command, String requestHash, Instant at) {
        entries.put(
                command.id(),
                new Entry(position(command), command.payloadHash(), Optional.of(requestHash), 0, false, at));
    }

    /** A command has its outcome. */
    void ended(CommandReference command, String requestHash, int attempts, Instant at) {
        entries.put(
                command.id(),
                new Entry(position(command), command.payloadHash(), Optional.of(requestHash), attempts, true, at));
    }

    /**
     * Takes in what the journal says, in the order of the log.
     *
     * @param committed the offsets from which on records will be read again, by topic
     */
    void read(ReceivedStatement received, Map<String, Long> committed) {
        switch (received.statement().event()) {
            case Started started -> journaled(started.command(), started.attempt(), false, received.appendedAt());
            case Outcome outcome -> {
                journaled(outcome.command(), outcome.attempt(), true, received.appendedAt());
                settle(position(outcome.command()), committed);
            }
            case Repeat repeat -> settle(position(repeat.command()), committed);
        }
    }

    private void journaled(CommandReference command, int attempts, boolean ended, Instant at) {
        Entry known = entries.remove(command.id());
        boolean over = ended || (known != null && known.ended());
        // Put in last, so that the oldest stand first.
        entries.put(
                command.id(),
                new Entry(position(command), command.payloadHash(), Optional.empty(), attempts, over, at));
    }

    private void settle(LogRecord.Position position, Map<String, Long> committed) {
        if (position.offset() >= committed.getOrDefault(position.topic(), 0L)) {
            settled.add(position);
        }
    }

    /** Forgets commands that ended before this time: their ids can no longer come back alive. */
    void forgetBefore(Instant time) {
        var oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            if (!entry.seenAt().isBefore(time)) {
                break;
            }
            if (entry.ended()) {
                oldest.remove();
                settled.remove(entry.first());
            }
        }
    }

    private static LogRecord.Position position(CommandReference command) {
        return new LogRecord.Position(command.topic(), command.partition(), command.offset());
    }
}
