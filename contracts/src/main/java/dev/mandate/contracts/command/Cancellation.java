package dev.mandate.contracts.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.EventHeaders;
import dev.mandate.contracts.topic.Topics;
import java.time.Instant;
import java.util.Optional;

/**
 * A person's withdrawal of their own command, or of what is left of their batch: the claims of a
 * {@code mandate-cancellation+jwt}. It stands on the control topic, since it must not queue behind what it calls off,
 * and since a batch is spread over all partitions.
 *
 * @param issuer the intake that signed it
 * @param audience as a command's
 * @param id its own id
 * @param issuedAt when it was signed
 * @param until after this nothing is left that it could call off
 * @param subject the person
 * @param clientId the application that the person used
 * @param scope what is called off
 * @param reason the person's words
 * @param requester the person's context, with the access token sealed to the worker
 * @param chain its number among what the instance signed
 * @param bind where it belongs
 */
public record Cancellation(
        @JsonProperty(value = "iss", required = true) String issuer,
        @JsonProperty(value = "aud", required = true) String audience,
        @JsonProperty(value = "jti", required = true) CommandId id,
        @JsonProperty(value = "iat", required = true) Instant issuedAt,
        @JsonProperty(value = "exp", required = true) Instant until,
        @JsonProperty(value = "sub", required = true) String subject,
        @JsonProperty("client_id") Optional<String> clientId,
        @JsonProperty(value = "cancels", required = true) Scope scope,
        @JsonProperty("reason") Optional<String> reason,
        @JsonProperty(value = "rctx", required = true) Requester requester,
        @JsonProperty(value = "chain", required = true) Chain chain,
        @JsonProperty(value = "bind", required = true) Bind bind) {

    /**
     * What is called off.
     *
     * @param kind one command or a batch
     * @param id the command's id, or the batch's, which is its commands' {@code txn}
     */
    public record Scope(
            @JsonProperty(value = "kind", required = true) Kind kind,
            @JsonProperty(value = "id", required = true) CommandId id) {}

    /** How much is called off. */
    public enum Kind {
        /** One command. */
        @JsonProperty("command")
        COMMAND,
        /** Every command of a batch. */
        @JsonProperty("batch")
        BATCH
    }

    /** The headers that mirror these claims. */
    public EventHeaders headers() {
        return new EventHeaders(
                id.value(),
                issuer,
                StatementType.CANCELLATION.typ(),
                scope.id().value(),
                issuedAt,
                StatementType.CANCELLATION);
    }

    /** Whether the claims that say the same thing twice agree with one another. */
    boolean isConsistent() {
        return bind.topic().equals(Topics.CONTROL)
                && bind.key().equals(scope.id().value())
                && until.isAfter(issuedAt);
    }
}
