package dev.mandate.contracts.resolution;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.journal.JournalStatement;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.EventHeaders;
import dev.mandate.contracts.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A person's word on what became of a command whose outcome is {@code unknown}: the claims of a
 * {@code mandate-resolution+jwt} on the control topic. It has nothing executed and takes nothing back. Of several about
 * one command the first counts; they all have the command's id as their key, so they stand in one partition.
 *
 * @param issuer the intake that signed it
 * @param audience as of the journal
 * @param id its own id
 * @param issuedAt when it was signed
 * @param subject who says so
 * @param clientId the application that they used
 * @param command the command
 * @param outcome the outcome that is settled
 * @param verdict what they found out
 * @param reason how they know, in their words
 * @param resolver their context, as a requester's; the token is sealed to the worker, as evidence
 * @param authorization what the intake decided
 * @param chain its number among what the instance signed
 * @param bind where it belongs
 */
public record Resolution(
        @JsonProperty(value = "iss", required = true) String issuer,
        @JsonProperty(value = "aud", required = true) List<String> audience,
        @JsonProperty(value = "jti", required = true) CommandId id,
        @JsonProperty(value = "iat", required = true) Instant issuedAt,
        @JsonProperty(value = "sub", required = true) String subject,
        @JsonProperty("client_id") Optional<String> clientId,
        @JsonProperty(value = "command", required = true) CommandReference command,
        @JsonProperty(value = "outcome", required = true) OutcomeReference outcome,
        @JsonProperty(value = "resolution", required = true) Verdict verdict,
        @JsonProperty(value = "reason", required = true) String reason,
        @JsonProperty(value = "rctx", required = true) Requester resolver,
        @JsonProperty(value = "authz", required = true) Authorization authorization,
        @JsonProperty(value = "chain", required = true) Chain chain,
        @JsonProperty(value = "bind", required = true) Bind bind) {

    /** The permission of the company's API that it takes, besides those of the action. */
    public static final String PERMISSION = "resolve:commands";

    /** Copies the list. */
    public Resolution {
        audience = List.copyOf(audience);
    }

    /** The audience of resolutions in an environment: whoever reads the journal reads them, too. */
    public static List<String> audience(String environment) {
        return JournalStatement.audience(environment);
    }

    /** The headers that mirror these claims. */
    public EventHeaders headers() {
        return new EventHeaders(
                id.value(),
                issuer,
                StatementType.RESOLUTION.typ(),
                command.id().value(),
                issuedAt,
                StatementType.RESOLUTION);
    }

    /** Whether the claims that say the same thing twice agree with one another. */
    boolean isConsistent() {
        return bind.topic().equals(Topics.CONTROL)
                && bind.key().equals(command.id().value())
                && Topics.COMMAND_TOPICS.contains(command.topic())
                && outcome.topic().equals(Topics.RESULTS)
                && outcome.partition() == command.partition();
    }
}
