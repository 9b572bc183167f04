package dev.mandate.audit.verification;

import dev.mandate.audit.log.Extent;
import dev.mandate.audit.log.Visible;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.quarantine.Fingerprint;
import dev.mandate.contracts.quarantine.QuarantineStatement;
import dev.mandate.contracts.quarantine.ReceivedQuarantine;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All partitions of one number: everything that was said about the commands in them. Remembers a few hundred bytes for
 * each command, and the command itself only until its outcome.
 */
final class Group {

    /** For these a record whose signature holds may stand in quarantine: its reader saw what is hidden here. */
    private static final Set<String> HIDDEN_REASONS = Set.of(
            RejectionCode.TOKEN_SEALED.code(),
            RejectionCode.TOKEN_INVALID.code(),
            RejectionCode.JWS_KEY_UNKNOWN.code());

    /**
     * Longer than workers remember ids, unless {@code mandate.consumption.longest-lifetime} (24 h) was raised that far.
     */
    private static final Duration REMEMBERED = Duration.ofDays(3);

    private static final String REMOVED = "of a time of which retention has removed what was said of them";

    private final Extent extent;
    private final Retention retention;
    private final Duration grace;
    private final Tally tally;
    private final Decisions decisions;
    private final Statements statements;
    private final Map<Position, Sighting> sightings = new LinkedHashMap<>();
    private final Map<CommandId, List<Sighting.Genuine>> commands = new LinkedHashMap<>();
    // Brokers' clocks differ a little, so an answer can come before what it answers.
    private final Map<Position, List<Runnable>> early = new LinkedHashMap<>();
    private final Map<Position, Position> earlyFrom = new HashMap<>();

    Group(Extent extent, Retention retention, Duration grace, Tally tally, Decisions decisions, Statements statements) {
        this.extent = extent;
        this.retention = retention;
        this.grace = grace;
        this.tally = tally;
        this.decisions = decisions;
        this.statements = statements;
    }

    /** A record that is no genuine command. */
    void untrusted(LogRecord found, RejectedException reason) {
        tally.examined(Check.COMMANDS);
        seen(new Sighting.Untrusted(found.position(), found.appendedAt(), Fingerprint.of(found), reason));
    }

    /** A genuine command. */
    void command(LogRecord found, ReceivedCommand command) {
        tally.examined(Check.COMMANDS);
        var sighting = new Sighting.Genuine(command, Fingerprint.of(found));
        commands.computeIfAbsent(command.command().id(), id -> new ArrayList<>())
                .add(sighting);
        seen(sighting);
    }

    /** A genuine statement of the journal. */
    void statement(ReceivedStatement received) {
        CommandReference reference = received.statement().event().command();
        var about = new Position(reference.topic(), reference.partition(), reference.offset());
        tally.examined(Check.REFERENCES);
        when(about, received.position(), Check.REFERENCES, () -> apply(received, about));
    }

    /** A genuine record in quarantine. */
    void quarantined(ReceivedQuarantine received) {
        when(received.statement().origin(), received.position(), Check.QUARANTINE, () -> apply(received));
    }

    private void seen(Sighting sighting) {
        sightings.put(sighting.position(), sighting);
        List<Runnable> waiting = early.remove(sighting.position());
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }

    /** Does something with the record at a position, at once or when it turns up. */
    private void when(Position about, Position from, Check check, Runnable then) {
        if (sightings.containsKey(about)) {
            then.run();
            return;
        }
        if (!Topics.COMMAND_TOPICS.contains(about.topic())) {
            tally.fails(check, from.toString(), "It speaks of " + about + ", which is on no command topic.");
            return;
        }
        switch (extent.side(about)) {
            case BEFORE -> tally.note(check, "about records that retention has removed");
            case AFTER -> tally.note(check, "about records that were appended after the look");
            case NOWHERE -> tally.fails(check, from.toString(), "It speaks of " + about + ", which does not exist.");
            case WITHIN -> {
                early.computeIfAbsent(about, position -> new ArrayList<>()).add(then);
                earlyFrom.putIfAbsent(about, from);
            }
        }
    }

    private void apply(ReceivedStatement received, Position about) {
        switch (sightings.get(about)) {
            case null -> throw new IllegalStateException("Only called for what was seen");
            case Sighting.Untrusted untrusted -> untrusted.spokenOf(received.position());
            case Sighting.Genuine genuine -> statements.of(genuine, received);
        }
    }

    private void apply(ReceivedQuarantine received) {
        QuarantineStatement statement = received.statement();
        Position place = received.position();
        Sighting sighting = sightings.get(statement.origin());
        if (sighting == null) {
            throw new IllegalStateException("Only called for what was seen");
        }
        if (!statement.found().equals(sighting.fingerprint())) {
            tally.fails(
                    Check.QUARANTINE,
                    place.toString(),
                    "The worker found another record at " + statement.origin() + " than stands there.");
            return;
        }
        if (sighting instanceof Sighting.Genuine && !HIDDEN_REASONS.contains(statement.reason())) {
            tally.fails(
                    Check.QUARANTINE,
                    place.toString(),
                    "The command at " + statement.origin() + " is genuine; nothing visible justifies "
                            + Visible.text(statement.reason()) + ".");
        }
        if (!received.whole()) {
            tally.note(Check.QUARANTINE, "too large to be copied: only hashes are compared");
        }
        sighting.quarantine();
    }

    /** Everything of this number has been read: what is missing now is missing. */
    void finish(Chains chains, Ids ids) {
        early.keySet()
                .forEach(about -> tally.fails(
                        Check.REFERENCES,
                        String.valueOf(earlyFrom.get(about)),
                        "It speaks of " + about + ", where there is no record."));
        for (Sighting sighting : sightings.values()) {
            switch (sighting) {
                case Sighting.Untrusted untrusted -> finish(untrusted);
                case Sighting.Genuine genuine ->
                    chains.found(
                            genuine.chain(),
                            genuine.payloadHash(),
                            genuine.position(),
                            genuine.signedAt(),
                            genuine.appendedAt(),
                            !genuine.quarantined());
            }
        }
        commands.forEach((id, records) -> finish(id, records, ids));
    }

    private void finish(Sighting.Untrusted untrusted) {
        String place = untrusted.position().toString();
        Position spokenOf = untrusted.spokenOfAt();
        if (spokenOf != null) {
            tally.fails(
                    Check.COMMANDS,
                    place,
                    untrusted.reason() + " Yet the journal takes it for a command at " + spokenOf + ".");
        } else if (untrusted.quarantined()) {
            tally.note(Check.COMMANDS, "in quarantine");
        } else if (mayBeGone(Topics.QUARANTINE, untrusted)) {
            tally.leftOpen(Check.COMMANDS, REMOVED);
        } else if (isOverdue(untrusted.appendedAt())) {
            tally.fails(Check.COMMANDS, place, untrusted.reason() + " And it is not in quarantine.");
        } else {
            tally.note(Check.COMMANDS, "that are not genuine and were appended just now");
        }
    }

    private void finish(CommandId id, List<Sighting.Genuine> records, Ids ids) {
        Sighting.@Nullable Genuine original = null;
        for (Sighting.Genuine genuine : records) {
            if (genuine.quarantined()) {
                cameToNothing(id, genuine);
            } else if (original == null) {
                original = genuine;
                if (!ids.add(id)) {
                    tally.fails(Check.REPEATS, genuine.position(), id, "Another partition holds a command of this id.");
                }
                finishFirst(id, genuine);
            } else {
                finishLater(id, genuine, original);
            }
        }
    }

    private void cameToNothing(CommandId id, Sighting.Genuine genuine) {
        tally.note(Check.COMMANDS, "signed, and in quarantine for what the worker found in the sealed token");
        Position came = genuine.endedAt() != null ? genuine.endedAt() : genuine.startedAt();
        if (came != null) {
            tally.fails(
                    Check.QUARANTINE,
                    genuine.position(),
                    id,
                    "It is in quarantine, and yet something came of it: " + came + ".");
        }
    }

    private void finishFirst(CommandId id, Sighting.Genuine genuine) {
        tally.examined(Check.OUTCOMES);
        boolean nothingCame = genuine.endedAt() == null && genuine.startedAt() == null;
        if (genuine.repeat() != null && nothingCame && mayRepeatWhatIsGone(genuine)) {
            tally.leftOpen(Check.REPEATS, "of what retention may have removed");
            return;
        }
        if (genuine.repeat() != null) {
            tally.fails(
                    Check.REPEATS,
                    genuine.position(),
                    id,
                    "It is called a repeat, and nothing of its id is before it.");
        }
        if (genuine.endedAt() != null) {
            return;
        }
        ReceivedCommand body = genuine.body();
        if (body != null) {
            decisions.intake(body.command(), genuine.position());
        }
        if (!isOverdue(genuine.deadline())) {
            tally.note(Check.OUTCOMES, "with time left");
        } else if (mayBeGone(Topics.RESULTS, genuine)) {
            tally.leftOpen(Check.OUTCOMES, REMOVED);
        } else if (genuine.startedAt() != null) {
            tally.fails(
                    Check.OUTCOMES,
                    genuine.position(),
                    id,
                    "Started at " + genuine.startedAt() + ", and past its deadline there is no outcome.");
        } else {
            tally.fails(Check.OUTCOMES, genuine.position(), id, "Past its deadline there is no outcome.");
        }
    }

    private void finishLater(CommandId id, Sighting.Genuine later, Sighting.Genuine first) {
        tally.examined(Check.REPEATS);
        Position came = later.endedAt() != null ? later.endedAt() : later.startedAt();
        boolean same = later.requestHash().equals(first.requestHash());
        Repeat.Kind expected = same ? Repeat.Kind.DUPLICATE : Repeat.Kind.CONFLICT;
        if (came != null) {
            tally.fails(
                    Check.REPEATS,
                    later.position(),
                    id,
                    "It repeats " + first.position() + ", and yet something came of it: " + came + ".");
        } else if (later.repeat() == null && mayBeGone(Topics.RESULTS, later)) {
            tally.leftOpen(Check.REPEATS, REMOVED);
        } else if (later.repeat() == null && isOverdue(later.deadline())) {
            tally.fails(
                    Check.REPEATS,
                    later.position(),
                    id,
                    "It repeats " + first.position() + ", and the journal does not say so.");
        } else if (later.repeat() != null && later.repeat() != expected) {
            tally.fails(
                    Check.REPEATS,
                    later.position(),
                    id,
                    "The journal calls it another kind of repeat than the request hashes say.");
        }
    }

    /** Whether what was said of a record in this topic may have been removed. */
    private boolean mayBeGone(String topic, Sighting sighting) {
        return retention.mayHaveRemoved(topic, sighting.position().partition(), sighting.appendedAt());
    }

    /** Whether a command may be gone that a worker still remembered when this one came. */
    private boolean mayRepeatWhatIsGone(Sighting sighting) {
        return Topics.COMMAND_TOPICS.stream()
                .anyMatch(topic -> retention.mayHaveRemoved(
                        topic,
                        sighting.position().partition(),
                        sighting.appendedAt().minus(REMEMBERED)));
    }

    private boolean isOverdue(Instant time) {
        return time.plus(grace).isBefore(extent.seenAt());
    }
}
