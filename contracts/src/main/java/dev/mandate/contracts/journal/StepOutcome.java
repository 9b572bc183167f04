package dev.mandate.contracts.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * One line of a macro's outcome: how a step ended.
 *
 * @param action the operation
 * @param status how it ended
 * @param attempt the step's last attempt, from 1; 0 when it was never begun
 * @param upstream the step's last call to Auth0, if one was made
 * @param result Auth0's answer to this step, sealed to the intake for the requester alone
 * @param error why it did not succeed
 */
public record StepOutcome(
        @JsonProperty(value = "action", required = true) String action,
        @JsonProperty(value = "status", required = true) StepStatus status,
        @JsonProperty(value = "attempt", required = true) int attempt,
        @JsonProperty("upstream") Optional<Upstream> upstream,
        @JsonProperty("result") Optional<String> result,
        @JsonProperty("error") Optional<OutcomeError> error) {

    /** Refuses a step that is said to be done or not, and begun or not, at the same time. */
    public StepOutcome {
        if ((status == StepStatus.NOT_DONE) != (attempt == 0)) {
            throw new IllegalArgumentException("A step that was begun has an attempt, and no other has");
        }
    }

    /** A step that was never begun. */
    public static StepOutcome notDone(String action) {
        return new StepOutcome(action, StepStatus.NOT_DONE, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same without Auth0's answer. */
    public StepOutcome withoutResult() {
        return new StepOutcome(action, status, attempt, upstream, Optional.empty(), error);
    }
}
