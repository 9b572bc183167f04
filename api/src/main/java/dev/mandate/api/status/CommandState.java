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
 * @param resolved what a person said became of it; see {@link #resolution}
 */
public record CommandState(
        String id,
        Optional<Submitted> submitted,
        Optional<Started> started,
        Optional<Ended> ended,
        Optional<Resolved> resolved) {

    private static final String UNKNOWN = "unknown";

    /**
     * The command.
     *
     * @param at when the broker appended it
     */
    public record Submitted(
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
    public record Decided(String decision, List<String> rules) {}

    /**
     * That it was begun.
     *
     * @param at when the first attempt was begun
     * @param attempt the last attempt's number
     */
    public record Started(Instant at, int attempt) {

        Started and(Started other) {
            return new Started(at.isBefore(other.at) ? at : other.at, Math.max(attempt, other.attempt));
        }
    }

    /**
     * What came of it.
     *
     * @param offset where the journal says so
     * @param payloadHash which record of the command it is about: the first, of several with one id
     * @param result Auth0's answer, sealed
     * @param steps a macro's steps, the answers to them sealed
     * @param notice what whoever asked should know of what was done
     */
    public record Ended(
            String outcome,
            long offset,
            Optional<String> payloadHash,
            Instant at,
            int attempt,
            Optional<Decided> decided,
            Optional<Upstream> upstream,
            Optional<Failure> failure,
            Optional<String> result,
            List<StepOutcome> steps,
            Optional<String> notice) {}

    /**
     * The call to Auth0.
     *
     * @param logId the entry in Auth0's own log by which it is known, where its answer was lost
     */
    public record Upstream(String method, String route, Optional<Integer> status, Optional<String> logId) {}

    /** Why it did not succeed. */
    public record Failure(String code, String message) {}

    /**
     * A person's word.
     *
     * @param verdict {@code done} or {@code not_done}
     * @param reason how they know
     * @param by who says so
     * @param outcome the offset of the outcome that they speak of
     * @param position where it stands
     * @param at when the broker appended it
     */
    public record Resolved(
            String verdict, String reason, Owner by, long outcome, LogRecord.Position position, Instant at) {

        Resolved and(Resolved other) {
            return position.offset() <= other.position.offset() ? this : other;
        }
    }

    /** As long as nothing is known. */
    static CommandState unknown(String id) {
        return new CommandState(id, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What is known when the other is known as well; the same whichever comes first. */
    CommandState and(CommandState other) {
        return new CommandState(
                id,
                submitted.or(other::submitted),
                started.flatMap(mine -> other.started.map(mine::and)).or(() -> started.or(other::started)),
                ended.or(other::ended),
                resolved.flatMap(mine -> other.resolved.map(mine::and)).or(() -> resolved.or(other::resolved)));
    }

    /** Whether it has ended, and nobody knows how. */
    public boolean isUnknown() {
        return ended.filter(end -> end.outcome.equals(UNKNOWN)).isPresent();
    }

    /** How the unknown outcome was settled; empty where there is none, or where it is about another. */
    public Optional<Resolved> resolution() {
        return resolved.filter(word ->
                isUnknown() && ended.filter(end -> end.offset == word.outcome).isPresent());
    }

    /** {@code accepted}, {@code started}, or the outcome. */
    public String status() {
        return ended.map(Ended::outcome).orElse(started.isPresent() ? "started" : "accepted");
    }
}
