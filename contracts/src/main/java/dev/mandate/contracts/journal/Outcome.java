package dev.mandate.contracts.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.CommandReference;
import java.util.List;
import java.util.Optional;

/**
 * How a command ended: exactly one per command.
 *
 * @param command the command
 * @param status how it ended
 * @param attempt the last attempt's number, of the last step that was begun if it is a macro; 0 when it was never
 *     started
 * @param worker the instance and its start
 * @param authorization the worker's decision with the facts it rests on; absent when it never came to one
 * @param approvals the ids of the approvals that counted
 * @param upstream the call to Auth0, if one was made; a macro's are in its steps
 * @param result Auth0's answer, sealed to the intake for the requester alone; a macro's are in its steps
 * @param error why it did not succeed
 * @param steps a line for each step of a macro of which something was begun; absent for everything else
 * @param notice what whoever asked should know of what was done, from the catalogue
 * @param cancellation the payload hash of the cancellation that called it off, which so stood before this in the log
 */
public record Outcome(
        @JsonProperty(value = "command", required = true) CommandReference command,
        @JsonProperty(value = "outcome", required = true) OutcomeStatus status,
        @JsonProperty(value = "attempt", required = true) int attempt,
        @JsonProperty(value = "worker", required = true) String worker,
        @JsonProperty("authz") Optional<Authorization> authorization,
        @JsonProperty(value = "approvals", required = true) List<String> approvals,
        @JsonProperty("upstream") Optional<Upstream> upstream,
        @JsonProperty("result") Optional<String> result,
        @JsonProperty("error") Optional<OutcomeError> error,
        @JsonProperty("steps") Optional<List<StepOutcome>> steps,
        @JsonProperty("notice") Optional<String> notice,
        @JsonProperty("cancellation") Optional<String> cancellation)
        implements JournalEvent {

    /** Copies the lists. Of a macro's steps at least the first was begun. */
    public Outcome {
        approvals = List.copyOf(approvals);
        steps = steps.map(List::copyOf);
        if (steps.filter(lines -> lines.isEmpty() || lines.getFirst().status() == StepStatus.NOT_DONE)
                .isPresent()) {
            throw new IllegalArgumentException("Steps are told of when one was begun");
        }
        if ((status == OutcomeStatus.CANCELLED) != cancellation.isPresent()) {
            throw new IllegalArgumentException("What was cancelled names its cancellation, and nothing else does");
        }
    }

    /** The outcome of a plain operation. */
    public Outcome(
            CommandReference command,
            OutcomeStatus status,
            int attempt,
            String worker,
            Optional<Authorization> authorization,
            List<String> approvals,
            Optional<Upstream> upstream,
            Optional<String> result,
            Optional<OutcomeError> error) {
        this(
                command,
                status,
                attempt,
                worker,
                authorization,
                approvals,
                upstream,
                result,
                error,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The outcome of what was not called off. */
    public Outcome(
            CommandReference command,
            OutcomeStatus status,
            int attempt,
            String worker,
            Optional<Authorization> authorization,
            List<String> approvals,
            Optional<Upstream> upstream,
            Optional<String> result,
            Optional<OutcomeError> error,
            Optional<List<StepOutcome>> steps,
            Optional<String> notice) {
        this(
                command,
                status,
                attempt,
                worker,
                authorization,
                approvals,
                upstream,
                result,
                error,
                steps,
                notice,
                Optional.empty());
    }
}
