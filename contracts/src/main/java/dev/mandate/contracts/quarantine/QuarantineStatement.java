package dev.mandate.contracts.quarantine;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.topic.LogRecord.Position;
import java.time.Instant;

/**
 * The worker's word that a record can't be trusted to be a command, and why: the claims of a
 * {@code mandate-quarantine+jwt}. Without its signature, whoever may write to the topic could make a genuine command
 * look as if it had been refused.
 *
 * @param issuer the worker that signed it
 * @param audience {@code mandate:<environment>:audit}
 * @param issuedAt when it was signed
 * @param worker the instance and its start
 * @param origin where the record was found
 * @param reason a {@link dev.mandate.contracts.signing.RejectionCode}'s code
 * @param detail one plain sentence
 * @param found the record as it was found
 */
public record QuarantineStatement(
        @JsonProperty(value = "iss", required = true) String issuer,
        @JsonProperty(value = "aud", required = true) String audience,
        @JsonProperty(value = "iat", required = true) Instant issuedAt,
        @JsonProperty(value = "worker", required = true) String worker,
        @JsonProperty(value = "origin", required = true) Position origin,
        @JsonProperty(value = "reason", required = true) String reason,
        @JsonProperty(value = "detail", required = true) String detail,
        @JsonProperty(value = "found", required = true) Fingerprint found) {

    /** The audience of such statements in an environment. */
    public static String audience(String environment) {
        return "mandate:" + environment + ":audit";
    }
}
