package dev.mandate.contracts.resolution;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody found out. */
public enum Verdict {
    /** Auth0 did it. */
    @JsonProperty("done")
    DONE,
    /** Auth0 did not do it. */
    @JsonProperty("not_done")
    NOT_DONE
}
