package dev.mandate.contracts.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * The intake's statement on the control topic that a run has ended in order: a {@code mandate-control+jwt}. All that it
 * had numbered is in the log or was declared, so that nothing of it can be missing, not even at the end.
 *
 * @param issuer the intake
 * @param issuedAt when it ended
 * @param last the last number
 */
public record RunEnd(
        @JsonProperty(value = "iss", required = true) String issuer,
        @JsonProperty(value = "iat", required = true) Instant issuedAt,
        @JsonProperty(value = "ended", required = true) Last last) {

    /**
     * The last number that a run has given.
     *
     * @param instance the instance's name and its start
     * @param sequence the number
     * @param hash the payload hash of what was signed under it
     */
    public record Last(
            @JsonProperty(value = "instance", required = true)
            String instance,

            @JsonProperty(value = "seq", required = true) long sequence,
            @JsonProperty(value = "hash", required = true) String hash) {}
}
