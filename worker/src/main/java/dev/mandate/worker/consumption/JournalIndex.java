package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.RecordChecks;
import dev.mandate.contracts.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one partition's journal says of the commands in it: which ids have been seen, which were started, and which
 * records need nothing more. It holds half a kilobyte or so per command, for as long as its id can come back alive; of
 * one that had ended before this worker came, only where the journal spoke of it last and first.
 */
final class JournalIndex {

    /** For so long after a record another copy of it may be appended and is not refused for its age. */
    static final Duration REPLAYABLE =
            RecordChecks.LATENESS.plus(RecordChecks.SKEW).multipliedBy(2);

    /** Where an id says its version, and which one is derived from an idempotency key (RFC 9562 §5.8). */
    private static final int VERSION_AT = 14;

    private static final char DERIVED = '8';

    private final Map<CommandId, Entry> entries = new HashMap<>();
    private Hearsay hearsay = new Hearsay();
    private boolean hearing;
    private final Map<CommandId, Instant> distrusted = new HashMap<>();
    private final Set<LogRecord.Position> settled = new HashSet<>();

    /** By the key of their target: when the commands were begun last whose outcome had not been read with that. */
    private final Map<String, Map<CommandId, Instant>> begun = new HashMap<>();

    /**
     * A command that has been seen.
     *
     * @param first its first record, the one that decides
     * @param payloadHash of that record
     * @param requestHash of that record; absent where only the journal has been read
     * @param attempts how many have been started, as far as the journal says; of the step, if it is a macro
     * @param step the step of a macro that was started last
     * @param worker which run of which worker the journal named last
     * @param ended whether it has its outcome
     * @param seenAt when the journal last spoke of it
     */
    record Entry(
            LogRecord.Position first,
            String payloadHash,
            Optional<String> requestHash,
            int attempts,
            Optional<StepStarted> step,
            Optional<String> worker,
            boolean ended,
            Instant seenAt) {}

    Optional<Entry> find(CommandId id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** When something was last appended to the journal that names this command and can't be trusted, if ever. */
    Optional<Instant> distrustedSince(CommandId id) {
        return Optional.ofNullable(distrusted.get(id));
    }

    /**
     * When another command for this target was begun last of which nobody knows how it ended, in whatever lane.
     *
     * @param key of the target: that of the records about it, in both lanes and in the journal
     * @param own the command that this is asked for
     */
    Optional<Instant> othersBegunAt(String key, CommandId own) {
        return begun.getOrDefault(key, Map.of()).entrySet().stream()
                .filter(one -> !one.getKey().equals(own) && !hasEnded(one.getKey()))
                .map(Map.Entry::getValue)
                .max(Comparator.naturalOrder());
    }

    /** Whether the journal already says all there is to say about this record, which is asked once. */
    boolean takeSettled(LogRecord.Position position) {
        return settled.remove(position);
    }

    /** A command is taken up for the first time. */
    void takenUp(CommandReference command, String requestHash, Instant at) {
        put(command, Optional.of(requestHash), 0, Optional.empty(), Optional.empty(), false, at);
    }

    /** A command has its outcome. */
    void ended(CommandReference command, String requestHash, int attempts, Instant at) {
        put(command, Optional.of(requestHash), attempts, Optional.empty(), Optional.empty(), true, at);
    }

    /**
     * Takes in what the journal says, in the order of the log.
     *
     * @param committed the offsets from which on records will be read again, by topic
     */
    void read(ReceivedStatement received, Map<String, Long> committed) {
        Instant at = received.appendedAt();
        switch (received.statement().event()) {
            case Started started -> {
                boolean over = hasEnded(started.command().id());
                put(
                        started.command(),
                        Optional.empty(),
                        started.attempt(),
                        started.step(),
                        Optional.of(started.worker()),
                        over,
                        at);
                begun(received.statement().bind().key(), started.command().id(), at);
            }
            case Outcome outcome -> {
                put(
                        outcome.command(),
                        Optional.empty(),
                        outcome.attempt(),
                        Optional.empty(),
                        Optional.of(outcome.worker()),
                        true,
                        at);
                ended(received.statement().bind().key(), outcome.command().id());
                settle(position(outcome.command()), committed);
            }
            case Repeat repeat -> settle(position(repeat.command()), committed);
        }
    }

    /**
     * The journal names a command whose record is settled: what it says matters only if another record of that command
     * comes, and is {@link #heardOf read} then. It is not even kept when no such record can come.
     *
     * @param settledBefore what was appended before then speaks of settled records only
     */
    void heard(Mention mention, Instant settledBefore) {
        if (isDerived(mention.command()) || !mention.at().isBefore(settledBefore.minus(REPLAYABLE))) {
            hearsay.add(mention);
        }
    }

    /** What was said long ago is still being heard of. */
    void hearing() {
        hearing = true;
    }

    /** All that was said long ago has been heard of. */
    void heardAll(Hearsay longAgo) {
        longAgo.add(hearsay);
        hearsay = longAgo;
        hearing = false;
    }

    boolean isHearing() {
        return hearing;
    }

    /** Whether something may have been said of a command that has not been heard of yet. */
    boolean isHearingOf(CommandId id) {
        return hearing && isDerived(id) && !entries.containsKey(id);
    }

    /** Where to read what the journal said of a command, if nothing else is known of it. */
    Optional<Hearsay.Heard> heardOf(CommandId id) {
        return entries.containsKey(id) ? Optional.empty() : hearsay.of(id);
    }

    /** What was heard of a command has been read: this is its first record, and it has ended. */
    void remembered(CommandReference command, Instant at) {
        hearsay.drop(command.id());
        put(command, Optional.empty(), 0, Optional.empty(), Optional.empty(), true, at);
    }

    /** What was heard of a command can't be trusted. */
    void distrustHeard(CommandId id, Instant appendedAt) {
        hearsay.drop(id);
        distrust(id, appendedAt);
    }

    /** Something in the journal names this command and can't be trusted. */
    void distrust(CommandId id, Instant appendedAt) {
        distrusted.put(id, appendedAt);
    }

    /** A call for this target may have been on its way when this was appended. */
    void begun(String key, CommandId id, Instant appendedAt) {
        begun.computeIfAbsent(key, one -> new HashMap<>()).put(id, appendedAt);
    }

    private void ended(String key, CommandId id) {
        begun.computeIfPresent(key, (target, commands) -> {
            commands.remove(id);
            return commands.isEmpty() ? null : commands;
        });
    }

    private boolean hasEnded(CommandId id) {
        return find(id).filter(Entry::ended).isPresent();
    }

    private void put(
            CommandReference command,
            Optional<String> requestHash,
            int attempts,
            Optional<StepStarted> step,
            Optional<String> worker,
            boolean ended,
            Instant at) {
        entries.put(
                command.id(),
                new Entry(position(command), command.payloadHash(), requestHash, attempts, step, worker, ended, at));
    }

    private void settle(LogRecord.Position position, Map<String, Long> committed) {
        if (position.offset() >= committed.getOrDefault(position.topic(), 0L)) {
            settled.add(position);
        }
    }

    /**
     * Forgets commands that have ended and whose ids can't come back alive. One that is derived from an idempotency key
     * may be signed anew, so it is kept as long as a command may live. Any other comes back only as a copy of its
     * record, which is refused for its age once the records that are read are younger.
     *
     * <p>Whether a record repeats an earlier one is asked when its turn comes, which may be long after it was appended.
     * So the age of what is kept is that of the oldest record that has not been settled.
     *
     * @param remembered for how long a command may be signed anew
     * @param unsettledSince by topic, when the oldest record was appended that may still be asked about; a topic of
     *     which nothing has been read is absent
     */
    void forget(Instant now, Duration remembered, Map<String, Instant> unsettledSince) {
        Instant before = now.minus(remembered);
        begun.values().removeIf(commands -> {
            commands.entrySet()
                    .removeIf(one -> hasEnded(one.getKey()) || one.getValue().isBefore(before));
            return commands.isEmpty();
        });
        entries.entrySet().removeIf(one -> {
            Entry entry = one.getValue();
            Instant since = unsettledSince.getOrDefault(entry.first().topic(), Instant.EPOCH);
            return entry.ended()
                    && entry.seenAt().isBefore(since.minus(isDerived(one.getKey()) ? remembered : REPLAYABLE));
        });
        // In which lane it was is not known of what was only heard.
        Instant inEither = Topics.COMMAND_TOPICS.stream()
                .map(topic -> unsettledSince.getOrDefault(topic, Instant.EPOCH))
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        hearsay.forget(inEither.minus(remembered), inEither.minus(REPLAYABLE));
        distrusted.values().removeIf(since -> since.isBefore(inEither.minus(remembered)));
    }

    int size() {
        return entries.size() + hearsay.size();
    }

    /** Whether an id is derived from an idempotency key, so that its command may be signed anew. */
    static boolean isDerived(CommandId id) {
        return id.value().charAt(VERSION_AT) == DERIVED;
    }

    private static LogRecord.Position position(CommandReference command) {
        return new LogRecord.Position(command.topic(), command.partition(), command.offset());
    }
}
