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
 * @param attempt the last attempt's number; 0 when it was never started
 * @param worker the instance and its start
 * @param authorization the worker's decision with the facts it rests on; absent when it never came to one
 * @param approvals the ids of the approvals that counted
 * @param upstream the call to Auth0, if one was made
 * @param result Auth0's answer, sealed to the intake for the requester alone
 * @param error why it did not succeed
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
        @JsonProperty("error") Optional<OutcomeError> error)
        implements JournalEvent {

    /** Copies the list. */
    public Outcome {
        approvals = List.copyOf(approvals);
    }
}
