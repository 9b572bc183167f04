package dev.mandate.audit.verification;

import dev.mandate.audit.log.Extent;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.resolution.OutcomeReference;
import dev.mandate.contracts.resolution.ReceivedResolution;
import dev.mandate.contracts.resolution.Resolution;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.RecordChecks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * People's words on what became of commands. They stand in another partition than what they are about, so they are
 * looked at when everything has been read.
 */
final class Resolutions {

    private final Map<Position, Unknown> unknown = new HashMap<>();
    private final List<ReceivedResolution> found = new ArrayList<>();

    /** An outcome that says that nobody knows, and all that it takes to judge who may settle it. */
    private record Unknown(Command command, CommandReference reference, String payloadHash, Instant appendedAt) {}

    /** A command has ended so. */
    void unknown(Command command, ReceivedStatement outcome) {
        unknown.putIfAbsent(
                outcome.position(),
                new Unknown(
                        command, outcome.statement().event().command(), outcome.payloadHash(), outcome.appendedAt()));
    }

    /** A genuine resolution was found. */
    void found(ReceivedResolution resolution) {
        found.add(resolution);
    }

    /** Judges them, in the order of the log. */
    void examine(Tally tally, Extent extent, Decisions decisions) {
        found.sort(Comparator.<ReceivedResolution>comparingInt(
                        received -> received.position().partition())
                .thenComparingLong(received -> received.position().offset()));
        Set<CommandId> settled = new HashSet<>();
        for (ReceivedResolution received : found) {
            tally.examined(Check.RESOLUTIONS);
            CommandId id = received.resolution().command().id();
            Position about = received.resolution().outcome().position();
            Unknown outcome = unknown.get(about);
            Optional<String> wrong = Optional.empty();
            switch (extent.side(about)) {
                case BEFORE -> tally.note(Check.RESOLUTIONS, "about outcomes that retention has removed");
                case AFTER -> tally.note(Check.RESOLUTIONS, "about outcomes that were appended after the look");
                case NOWHERE -> wrong = Optional.of("It speaks of " + about + ", which does not exist.");
                case WITHIN ->
                    wrong = outcome == null
                            ? Optional.of("It speaks of " + about + ", and that is no outcome that nobody knows.")
                            : wrong(received, outcome, decisions);
            }
            wrong.ifPresent(reason -> tally.fails(Check.RESOLUTIONS, received.position(), id, reason));
            if (!settled.add(id)) {
                tally.note(Check.RESOLUTIONS, "without effect, since another came first");
            }
        }
        long open = unknown.values().stream()
                .filter(outcome -> !settled.contains(outcome.reference.id()))
                .count();
        if (open > 0) {
            tally.note(Check.RESOLUTIONS, "unknown outcome(s) that nobody has settled", open);
        }
    }

    private static Optional<String> wrong(ReceivedResolution received, Unknown outcome, Decisions decisions) {
        Resolution resolution = received.resolution();
        OutcomeReference about = resolution.outcome();
        if (!about.payloadHash().equals(outcome.payloadHash)) {
            return Optional.of("It claims another hash than the outcome at " + about.position() + " has.");
        }
        if (!resolution.command().equals(outcome.reference)) {
            return Optional.of("It speaks of another command than the outcome at " + about.position() + ".");
        }
        // Brokers' clocks differ a little.
        if (received.appendedAt().plus(RecordChecks.SKEW).isBefore(outcome.appendedAt)) {
            return Optional.of("It was appended before the outcome that it settles.");
        }
        return decisions.resolution(resolution, outcome.command);
    }
}
