package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How finished Auth0 calls an operation. */
public enum Lifecycle {
    /** Generally available. */
    @JsonProperty("GA")
    GENERALLY_AVAILABLE,
    /** Early access: it may still change. */
    @JsonProperty("EA")
    EARLY_ACCESS,
    /** A trial. */
    @JsonProperty("beta")
    BETA
}
