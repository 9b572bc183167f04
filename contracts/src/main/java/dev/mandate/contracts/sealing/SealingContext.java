package dev.mandate.contracts.sealing;

import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.topic.Bind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * What a sealed value is for. Opening asks for the same context, so a sealed value can't be moved elsewhere.
 *
 * @param value the header parameter's value
 */
public record SealingContext(String value) {

    /**
     * A requester's access token in one statement: whoever takes it out of the log, and could sign, can't put it into
     * another. One with the same id, time and place is a copy, and known as that.
     *
     * @param tokenHash the token's ({@code ath})
     * @param id the statement's
     * @param issuedAt when the statement was signed
     * @param bind where the statement belongs
     */
    public static SealingContext token(String tokenHash, String id, Instant issuedAt, Bind bind) {
        String statement = String.join(
                "\n",
                id,
                Long.toString(issuedAt.getEpochSecond()),
                bind.topic(),
                Integer.toString(bind.partition()),
                bind.key());
        return new SealingContext(
                "token:" + tokenHash + ":" + Hashes.sha256(statement.getBytes(StandardCharsets.UTF_8)));
    }

    /** A secret argument of one command, at one place (a JSON pointer into its arguments). */
    public static SealingContext argument(String commandId, String pointer) {
        return new SealingContext("argument:" + commandId + ":" + pointer);
    }

    /**
     * The result of one command, for its requester: whoever opens it asks for the one that it will be shown to, so that
     * nobody who says otherwise whose command it was has it opened for somebody else.
     *
     * @param issuer of the requester's access token
     * @param organization that the requester had logged in through
     * @param subject the requester
     */
    public static SealingContext result(
            String commandId, String issuer, Optional<String> organization, String subject) {
        String requester = String.join("\n", issuer, organization.orElse(""), subject);
        return new SealingContext(
                "result:" + commandId + ":" + Hashes.sha256(requester.getBytes(StandardCharsets.UTF_8)));
    }
}
