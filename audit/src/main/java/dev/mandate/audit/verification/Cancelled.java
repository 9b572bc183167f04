package dev.mandate.audit.verification;

import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.ReceivedCancellation;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.RecordChecks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds outcomes that say {@code cancelled} against the cancellations that they name. A cancellation may stand in any
 * partition, so this is looked at when everything has been read. What a cancellation is named by is its hash, which
 * nobody could have known before it was signed.
 */
final class Cancelled {

    private final Tally tally;
    private final Map<String, CalledOff> cancellations = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();

    /** Who it was, for the same company and through the same organization. */
    private record Person(String issuer, String subject, Optional<String> organization) {}

    private record CalledOff(Cancellation.Scope scope, Person by, Instant appendedAt) {}

    private record Claim(
            CommandId id, String transaction, Person requester, String cancellation, Position place, Instant at) {}

    Cancelled(Tally tally) {
        this.tally = tally;
    }

    /** A genuine cancellation. */
    void found(ReceivedCancellation received) {
        Cancellation claims = received.cancellation();
        var by = new Person(
                claims.requester().issuer(),
                claims.subject(),
                claims.requester().organization());
        cancellations.putIfAbsent(received.payloadHash(), new CalledOff(claims.scope(), by, received.appendedAt()));
    }

    /** An outcome; only those that say {@code cancelled} matter here. */
    void ended(Sighting.Genuine genuine, Command command, Outcome outcome, ReceivedStatement received) {
        outcome.cancellation().ifPresent(cancellation -> {
            tally.examined(Check.CANCELLATIONS);
            if (genuine.startedAt() != null || outcome.attempt() > 0) {
                fails(received.position(), command.id(), "It was begun, and is called cancelled all the same.");
            }
            var requester = new Person(
                    command.requester().issuer(),
                    command.subject(),
                    command.requester().organization());
            claims.add(new Claim(
                    command.id(),
                    command.transaction(),
                    requester,
                    cancellation,
                    received.position(),
                    received.appendedAt()));
        });
    }

    /**
     * Looks at all of them.
     *
     * @param seenAt when the log's ends were looked at
     * @param cut whether retention has removed statements of the control topic
     */
    void examine(Instant seenAt, boolean cut) {
        for (Claim claim : claims) {
            CalledOff calledOff = cancellations.get(claim.cancellation());
            if (calledOff == null) {
                missing(claim, seenAt, cut);
            } else if (!covers(calledOff.scope(), claim)) {
                fails(claim.place(), claim.id(), "The cancellation that it names is that of something else.");
            } else if (!calledOff.by().equals(claim.requester())) {
                fails(claim.place(), claim.id(), "It was called off by somebody else than its requester.");
            } else if (calledOff.appendedAt().isAfter(claim.at().plus(RecordChecks.SKEW))) {
                fails(claim.place(), claim.id(), "The cancellation that it names was appended after it.");
            }
        }
    }

    private void missing(Claim claim, Instant seenAt, boolean cut) {
        if (cut) {
            tally.note(Check.CANCELLATIONS, "by a cancellation that retention may have removed");
        } else if (claim.at().plus(RecordChecks.SKEW).isAfter(seenAt)) {
            tally.note(Check.CANCELLATIONS, "by a cancellation that may have been appended after the look");
        } else {
            fails(claim.place(), claim.id(), "It names a cancellation that is not in the log, or is not genuine.");
        }
    }

    private static boolean covers(Cancellation.Scope scope, Claim claim) {
        return switch (scope.kind()) {
            case COMMAND -> scope.id().equals(claim.id());
            case BATCH -> scope.id().value().equals(claim.transaction());
        };
    }

    private void fails(Position place, CommandId command, String reason) {
        tally.fails(Check.CANCELLATIONS, place, command, reason);
    }
}
