package dev.mandate.contracts.journal;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a step of a macro ended. */
public enum StepStatus {
    /** Auth0 did it. */
    @JsonProperty("succeeded")
    SUCCEEDED,
    /** Auth0 will do it: it answered 202. */
    @JsonProperty("accepted_upstream")
    ACCEPTED_UPSTREAM,
    /** Auth0 refused it, or it could not be done. */
    @JsonProperty("failed")
    FAILED,
    /** It may have reached Auth0, and the answer was lost. */
    @JsonProperty("unknown")
    UNKNOWN,
    /** It was never begun, since the macro had ended before. */
    @JsonProperty("not_done")
    NOT_DONE;

    /** Whether the next step may begin. */
    public boolean isDone() {
        return this == SUCCEEDED || this == ACCEPTED_UPSTREAM;
    }
}
