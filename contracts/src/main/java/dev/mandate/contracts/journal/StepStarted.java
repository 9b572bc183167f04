package dev.mandate.contracts.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Which step of a macro begins, and what the steps before it came to: whoever has to go on after a crash need not
 * repeat them.
 *
 * @param index its place among the steps, from 0
 * @param action the operation
 * @param before the steps before it, all of them done
 */
public record StepStarted(
        @JsonProperty(value = "index", required = true) int index,
        @JsonProperty(value = "action", required = true) String action,
        @JsonProperty(value = "before", required = true) List<StepOutcome> before) {

    /** Copies the list. A step begins only when all steps before it are done. */
    public StepStarted {
        before = List.copyOf(before);
        if (index != before.size() || !before.stream().map(StepOutcome::status).allMatch(StepStatus::isDone)) {
            throw new IllegalArgumentException("Before a step begins, all steps before it are done");
        }
    }

    /** The same without Auth0's answers to the steps before. */
    public StepStarted withoutResults() {
        return new StepStarted(
                index, action, before.stream().map(StepOutcome::withoutResult).toList());
    }
}
