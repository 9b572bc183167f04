package dev.mandate.audit.timeline;

import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One command in a timeline. Arguments appear by name only: their values may be personal, or secret.
 *
 * @param at when it was appended
 * @param person the requester's subject
 * @param organization through which the requester logged in
 * @param client the application that was used
 * @param sets the names of the body's members
 * @param reason the requester's words
 * @param result what came of it
 * @param settled what somebody said came of it, where nobody knew
 */
public record Entry(
        CommandId command,
        Position position,
        Instant at,
        String tenant,
        String person,
        Optional<String> organization,
        Optional<String> client,
        String action,
        Target target,
        List<String> sets,
        Optional<String> reason,
        Result result,
        Optional<Settled> settled) {

    /** Copies the list. */
    public Entry {
        sets = List.copyOf(sets);
    }

    /**
     * What came of a command.
     *
     * @param status an outcome's name, or {@code waiting}, {@code started}, {@code duplicate}, {@code conflict},
     *     {@code not believed}
     * @param at when, if it has ended
     * @param attempt the last attempt, 0 if it was never started
     * @param httpStatus Auth0's answer
     * @param code why not
     * @param steps a macro's steps; as far as they were begun, while it runs
     */
    public record Result(
            String status,
            Optional<Instant> at,
            int attempt,
            Optional<Integer> httpStatus,
            Optional<String> code,
            List<Step> steps) {

        /** Copies the list. */
        public Result {
            steps = List.copyOf(steps);
        }

        static final Result WAITING = of("waiting");

        static Result of(String status) {
            return new Result(status, Optional.empty(), 0, Optional.empty(), Optional.empty(), List.of());
        }
    }

    /**
     * Somebody's word on an unknown outcome.
     *
     * @param person their subject
     * @param done whether they say that it was done
     * @param reason how they know
     * @param at when it was appended
     */
    public record Settled(String person, boolean done, String reason, Instant at) {}

    /**
     * A step of a macro.
     *
     * @param status how it ended, or {@code started}
     * @param attempt its last attempt, 0 if it was never begun
     * @param httpStatus Auth0's answer
     * @param code why not
     */
    public record Step(
            String action, String status, int attempt, Optional<Integer> httpStatus, Optional<String> code) {}

    /** The names of a body's members. */
    static List<String> names(JsonNode body) {
        return body.isObject()
                ? body.properties().stream().map(Map.Entry::getKey).toList()
                : List.of();
    }

    Entry with(Result newer) {
        return new Entry(
                command,
                position,
                at,
                tenant,
                person,
                organization,
                client,
                action,
                target,
                sets,
                reason,
                newer,
                settled);
    }

    Entry with(Settled word) {
        return new Entry(
                command,
                position,
                at,
                tenant,
                person,
                organization,
                client,
                action,
                target,
                sets,
                reason,
                result,
                Optional.of(word));
    }
}
