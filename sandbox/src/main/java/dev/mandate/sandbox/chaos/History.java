package dev.mandate.sandbox.chaos;

import dev.mandate.audit.command.AuditCommand;
import dev.mandate.audit.verification.Check;
import dev.mandate.contracts.action.Repeat;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.topic.LogRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import picocli.CommandLine.ExitCode;
import tools.jackson.databind.JsonNode;

/**
 * Everything that is known of a run when it is over. What is judged is this and nothing else, so that a history can be
 * made by hand.
 *
 * @param promises what clients were told
 * @param commands the first record of each command in the log, in the order of each partition
 * @param outcomes how commands ended, in the order of each partition of the journal
 * @param calls what the tenant was asked to change, in the order of arrival
 * @param markers which command's marker each changed or created person bears in the end, by target
 * @param audit what the auditor said
 */
record History(
        List<Promise> promises,
        List<Asked> commands,
        List<Ended> outcomes,
        List<Call> calls,
        Map<String, String> markers,
        Audit audit) {

    /** Copies what it is given. */
    History {
        promises = List.copyOf(promises);
        commands = List.copyOf(commands);
        outcomes = List.copyOf(outcomes);
        calls = List.copyOf(calls);
        markers = Map.copyOf(markers);
    }

    /**
     * A 202.
     *
     * @param id the command's id
     * @param key the {@code Idempotency-Key} that the request had, if it had one
     */
    record Promise(String id, Optional<String> key) {}

    /**
     * A command in the log.
     *
     * @param id its id
     * @param position where it stands
     * @param target its record key
     * @param request what it asks the tenant for
     * @param repeat what doing it twice would do
     * @param key the {@code Idempotency-Key} that it was asked for under, if it was
     * @param marker what it writes into a person's document, if it writes there
     */
    record Asked(
            String id,
            LogRecord.Position position,
            String target,
            Request request,
            Repeat repeat,
            Optional<String> key,
            Optional<String> marker) {}

    /**
     * What the tenant is asked for.
     *
     * @param method the HTTP method
     * @param path below the Management API's base, percent escapes decoded
     * @param body the body without what is secret in it; a missing node if there is none
     */
    record Request(String method, String path, JsonNode body) {}

    /** An outcome of a command. */
    record Ended(String id, OutcomeStatus status) {}

    /**
     * A request that asked the tenant for a change.
     *
     * @param number counts in the order of arrival
     * @param id the correlation id
     * @param request what it asked for
     * @param began when it arrived
     * @param ended when the tenant was done with it; empty when it was cut before anything was done
     * @param status what was decided, whether or not the answer arrived
     */
    record Call(
            long number,
            Optional<String> id,
            Request request,
            Instant began,
            Optional<Instant> ended,
            OptionalInt status) {

        /** Whether the tenant did it. */
        boolean hadEffect() {
            return status.isPresent() && status.getAsInt() >= 200 && status.getAsInt() < 300;
        }
    }

    /** A call and the command that it was made for. */
    record Made(Call call, Asked command) {

        /** When it was over; one that was cut before anything was done took no time. */
        Instant end() {
            return call.ended().orElse(call.began());
        }
    }

    /** What {@code audit verify} said, and whether that was that everything holds. */
    record Audit(boolean holds, String report) {

        /** How a check begins in a report whose answer could not be found out for all that it was applied to. */
        private static final String PARTLY = "  part";

        /**
         * Everything holds, or all but one thing that could not be found out: an API that is killed while no broker
         * answers has no time to declare what it had on its way; from the log alone nobody can tell that from what
         * somebody took out. That nothing is missing which was promised, clients know.
         *
         * @param status the exit status
         */
        static Audit of(int status, String report) {
            boolean holds = switch (status) {
                case ExitCode.OK -> report.contains("Everything holds.");
                case AuditCommand.NOT_WHOLE -> {
                    List<String> open = report.lines()
                            .filter(line -> line.startsWith(PARTLY))
                            .toList();
                    yield open.size() == 1 && open.getFirst().endsWith(Check.CHAINS.claim());
                }
                default -> false;
            };
            return new Audit(holds, report);
        }
    }

    Map<String, Asked> commandsById() {
        return commands.stream().collect(Collectors.toMap(Asked::id, command -> command));
    }

    Map<String, List<OutcomeStatus>> outcomesById() {
        return outcomes.stream()
                .collect(Collectors.groupingBy(Ended::id, Collectors.mapping(Ended::status, Collectors.toList())));
    }

    /** The calls that are a command's, by it. */
    Map<String, List<Call>> callsById() {
        return calls.stream()
                .filter(call -> call.id().isPresent())
                .collect(Collectors.groupingBy(call -> call.id().orElseThrow()));
    }

    /** The calls for each target, in the order of arrival; a call without a command has no target. */
    Map<String, List<Made>> callsByTarget() {
        var commands = commandsById();
        return calls.stream()
                .flatMap(call -> call.id().map(commands::get).map(command -> new Made(call, command)).stream())
                .collect(Collectors.groupingBy(made -> made.command().target()));
    }
}
