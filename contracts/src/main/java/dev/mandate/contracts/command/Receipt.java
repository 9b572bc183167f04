package dev.mandate.contracts.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What the client holds in hand after a 202: the claims of a {@code mandate-receipt+jwt}, signed by the intake. With it
 * anybody can prove that the command was in the log, should it ever be missing.
 *
 * @param issuer the intake
 * @param subject the requester
 * @param issuedAt when the broker had acknowledged the command
 * @param command where the command stands
 * @param chain its number among what the instance signed
 */
public record Receipt(
        @JsonProperty(value = "iss", required = true) String issuer,
        @JsonProperty(value = "sub", required = true) String subject,
        @JsonProperty(value = "iat", required = true) Instant issuedAt,
        @JsonProperty(value = "command", required = true) CommandReference command,
        @JsonProperty(value = "chain", required = true) Chain chain) {}
