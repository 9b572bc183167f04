package dev.mandate.contracts.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.EventHeaders;
import java.time.Instant;
import java.util.Optional;

/**
 * A person's request to perform one action on one target, once, before a deadline: the claims of a
 * {@code mandate-command+jwt}. The names are those of OAuth Transaction Tokens
 * (draft-ietf-oauth-transaction-tokens-10), though a command is not one.
 *
 * @param issuer the intake that signed it
 * @param audience {@code mandate:<environment>:worker}
 * @param id the command's id
 * @param transaction groups the commands of a batch; alone it equals the id
 * @param issuedAt when it was signed
 * @param deadline when it may no longer be started
 * @param subject the requester
 * @param clientId the application that the requester used
 * @param scope the action's name
 * @param context what is asked for
 * @param requester who asks
 * @param authorization what the API decided
 * @param chain its number among what the instance signed
 * @param bind where it belongs
 */
public record Command(
        @JsonProperty(value = "iss", required = true) String issuer,
        @JsonProperty(value = "aud", required = true) String audience,
        @JsonProperty(value = "jti", required = true) CommandId id,
        @JsonProperty(value = "txn", required = true) String transaction,
        @JsonProperty(value = "iat", required = true) Instant issuedAt,
        @JsonProperty(value = "exp", required = true) Instant deadline,
        @JsonProperty(value = "sub", required = true) String subject,
        @JsonProperty("client_id") Optional<String> clientId,
        @JsonProperty(value = "scope", required = true) String scope,
        @JsonProperty(value = "tctx", required = true) Transaction context,
        @JsonProperty(value = "rctx", required = true) Requester requester,
        @JsonProperty(value = "authz", required = true) Authorization authorization,
        @JsonProperty(value = "chain", required = true) Chain chain,
        @JsonProperty(value = "bind", required = true) Bind bind) {

    /** The audience of commands in an environment. */
    public static String audience(String environment) {
        return "mandate:" + environment + ":worker";
    }

    /** The headers that mirror these claims. */
    public EventHeaders headers() {
        return new EventHeaders(
                id.value(), issuer, StatementType.COMMAND.typ(), bind.key(), issuedAt, StatementType.COMMAND);
    }

    /** Whether the claims that say the same thing twice agree with one another. */
    boolean isConsistent() {
        return scope.equals(context.action())
                && context.target().key(context.tenant()).equals(bind.key())
                && context.lane().topic().equals(bind.topic())
                && deadline.isAfter(issuedAt);
    }
}
