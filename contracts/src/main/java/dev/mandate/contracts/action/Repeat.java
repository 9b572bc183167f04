package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when an operation is performed a second time. */
public enum Repeat {
    /** It only reads. */
    @JsonProperty("safe")
    SAFE,
    /** The second time changes nothing more. */
    @JsonProperty("idempotent")
    IDEMPOTENT,
    /** The second time is refused with 409. */
    @JsonProperty("guarded")
    GUARDED,
    /** The second time does it twice. */
    @JsonProperty("unsafe")
    UNSAFE
}
