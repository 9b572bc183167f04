package dev.mandate.contracts.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.topic.Bind;
import java.time.Instant;

/**
 * The intake's statement on the control topic that it does not know whether the broker took a command, or a resolution:
 * a {@code mandate-control+jwt}. It explains the gap in the chain if that never arrived.
 *
 * @param issuer the intake
 * @param issuedAt when it was declared
 * @param id the command that it is, or is about
 * @param chain its number
 * @param bind where it was sent
 */
public record UncertainSend(
        @JsonProperty(value = "iss", required = true) String issuer,
        @JsonProperty(value = "iat", required = true) Instant issuedAt,
        @JsonProperty(value = "uncertain", required = true) CommandId id,
        @JsonProperty(value = "chain", required = true) Chain chain,
        @JsonProperty(value = "bind", required = true) Bind bind) {}
