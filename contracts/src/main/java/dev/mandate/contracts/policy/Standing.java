package dev.mandate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is known of a requester's account. */
public enum Standing {
    /** Only that somebody presented a valid token: all that the API can know. */
    @JsonProperty("unverified")
    UNVERIFIED,
    /** It was looked up, exists and is not blocked. */
    @JsonProperty("active")
    ACTIVE,
    /** It was looked up and is blocked. */
    @JsonProperty("blocked")
    BLOCKED,
    /** It was looked up and does not exist. */
    @JsonProperty("gone")
    GONE
}
