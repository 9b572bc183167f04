package dev.mandate.api.status;

import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a command, in parts that arrive in any order.
 *
 * @param submitted the command itself
 * @param started that it was begun
 * @param ended what came of it
 */
record CommandState(String id, Optional<Submitted> submitted, Optional<Started> started, Optional<Ended> ended) {

    /**
     * The command.
     *
     * @param at when the broker appended it
     */
    record Submitted(
            Owner owner,
            Optional<String> clientId,
            String tenant,
            String action,
            Target target,
            String lane,
            Optional<String> reason,
            String txn,
            String payloadHash,
            LogRecord.Position position,
            Instant at,
            Instant deadline,
            Decided decided) {}

    /** A decision, without its facts. */
    record Decided(String decision, List<String> rules) {}

    /**
     * That it was begun.
     *
     * @param at when the first attempt was begun
     * @param attempt the last attempt's number
     */
    record Started(Instant at, int attempt) {

        Started and(Started other) {
            return new Started(at.isBefore(other.at) ? at : other.at, Math.max(attempt, other.attempt));
        }
    }

    /**
     * What came of it.
     *
     * @param offset where the journal says so
     * @param result Auth0's answer, sealed
     * @param steps a macro's steps, the answers to them sealed
     * @param notice what whoever asked should know of what was done
     */
    record Ended(
            String outcome,
            long offset,
            Instant at,
            int attempt,
            Optional<Decided> decided,
            Optional<Upstream> upstream,
            Optional<Failure> failure,
            Optional<String> result,
            List<StepOutcome> steps,
            Optional<String> notice) {}

    /** The call to Auth0. */
    record Upstream(String method, String route, Optional<Integer> status) {}

    /** Why it did not succeed. */
    record Failure(String code, String message) {}

    /** As long as nothing is known. */
    static CommandState unknown(String id) {
        return new CommandState(id, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What is known when the other is known as well; the same whichever comes first. */
    CommandState and(CommandState other) {
        return new CommandState(
                id,
                submitted.or(other::submitted),
                started.flatMap(mine -> other.started.map(mine::and)).or(() -> started.or(other::started)),
                ended.or(other::ended));
    }

    /** {@code accepted}, {@code started}, or the outcome. */
    String status() {
        return ended.map(Ended::outcome).orElse(started.isPresent() ? "started" : "accepted");
    }
}
