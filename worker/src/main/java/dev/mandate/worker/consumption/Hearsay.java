package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.topic.LogRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which commands the journal was heard to name, in records that nobody has verified: they had ended before this worker
 * came. What it says of one matters only if another record of that command comes; then it is read.
 */
final class Hearsay {

    private final Map<CommandId, Heard> heard = new HashMap<>();

    /**
     * Where the journal spoke of a command.
     *
     * @param last where it did so last, which is usually how it ended
     * @param first where it did so first
     * @param at when the last was appended
     */
    record Heard(LogRecord.Position last, LogRecord.Position first, Instant at) {

        /** The places, the one that is likelier to tell before the other. */
        List<LogRecord.Position> places() {
            return Stream.of(last, first).distinct().toList();
        }
    }

    /** Takes in what the journal says next. */
    void add(Mention mention) {
        add(mention.command(), new Heard(mention.position(), mention.position(), mention.at()));
    }

    /** Takes in all that was heard of what the journal says after that. */
    void add(Hearsay later) {
        later.heard.forEach(this::add);
    }

    private void add(CommandId id, Heard later) {
        heard.merge(id, later, (before, now) -> new Heard(now.last(), before.first(), now.at()));
    }

    Optional<Heard> of(CommandId id) {
        return Optional.ofNullable(heard.get(id));
    }

    /** It is known now what there was to say. */
    void drop(CommandId id) {
        heard.remove(id);
    }

    /** Forgets what was said before these times, which depend on whether an id is derived from an idempotency key. */
    void forget(Instant derivedBefore, Instant othersBefore) {
        heard.entrySet()
                .removeIf(one -> one.getValue()
                        .at()
                        .isBefore(JournalIndex.isDerived(one.getKey()) ? derivedBefore : othersBefore));
    }

    int size() {
        return heard.size();
    }
}
