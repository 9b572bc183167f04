package dev.mandate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a decision says. */
public enum Effect {
    /** It may be done. */
    @JsonProperty("allow")
    ALLOW,
    /** It may not be done. */
    @JsonProperty("deny")
    DENY,
    /** Nothing forbids it as far as the facts go; facts that only the worker can know will decide. */
    @JsonProperty("defer")
    DEFER
}
