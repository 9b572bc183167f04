package dev.mandate.contracts.journal;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a command ended. There is exactly one per command. */
public enum OutcomeStatus {
    /** Auth0 did it. */
    @JsonProperty("succeeded")
    SUCCEEDED,
    /** Auth0 will do it: it answered 202. */
    @JsonProperty("accepted_upstream")
    ACCEPTED_UPSTREAM,
    /** Auth0 refused it, or it could not be done. */
    @JsonProperty("failed")
    FAILED,
    /** The policy refused it, or the command itself was not right. */
    @JsonProperty("denied")
    DENIED,
    /** Its deadline passed before it could be started. */
    @JsonProperty("expired")
    EXPIRED,
    /** Somebody withdrew it in time. */
    @JsonProperty("cancelled")
    CANCELLED,
    /** It may have reached Auth0, and the answer was lost. Never shown as failed. */
    @JsonProperty("unknown")
    UNKNOWN
}
