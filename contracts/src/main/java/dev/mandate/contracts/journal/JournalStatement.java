package dev.mandate.contracts.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.EventHeaders;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A journal event with what surrounds it: the claims of a Security Event Token (RFC 8417 §2.2), which has no
 * {@code exp} and names its subject by {@code sub_id} (RFC 9493).
 *
 * @param issuer the worker that signed it
 * @param audience {@code mandate:<environment>:audit} and {@code …:intake}
 * @param id its own id
 * @param issuedAt when it was signed
 * @param occurredAt when it happened ({@code toe})
 * @param transaction the command's {@code txn}
 * @param subject the target's id
 * @param bind where it belongs
 * @param event what happened
 */
public record JournalStatement(
        String issuer,
        List<String> audience,
        CommandId id,
        Instant issuedAt,
        Instant occurredAt,
        String transaction,
        String subject,
        Bind bind,
        JournalEvent event) {

    private static final String URI = "https://mandate.dev/event/";
    private static final String STARTED = URI + "started/v1";
    private static final String OUTCOME = URI + "outcome/v1";
    /** The type of a statement that a record repeats an earlier one. */
    public static final String REPEAT = URI + "repeat/v1";

    /** Copies the list. */
    public JournalStatement {
        audience = List.copyOf(audience);
    }

    /** The audience of the journal in an environment. */
    public static List<String> audience(String environment) {
        return List.of("mandate:" + environment + ":audit", "mandate:" + environment + ":intake");
    }

    /** The headers that mirror these claims. */
    public EventHeaders headers() {
        return new EventHeaders(
                id.value(), issuer, uri(event), event.command().id().value(), issuedAt, StatementType.JOURNAL);
    }

    private record SubjectId(
            @JsonProperty(value = "format", required = true) String format,
            @JsonProperty(value = "id", required = true) String id) {}

    private record Claims(
            @JsonProperty(value = "iss", required = true) String issuer,
            @JsonProperty(value = "aud", required = true) List<String> audience,
            @JsonProperty(value = "jti", required = true) CommandId id,
            @JsonProperty(value = "iat", required = true) Instant issuedAt,
            @JsonProperty(value = "toe", required = true) Instant occurredAt,
            @JsonProperty(value = "txn", required = true) String transaction,
            @JsonProperty(value = "sub_id", required = true) SubjectId subject,
            @JsonProperty(value = "bind", required = true) Bind bind,
            @JsonProperty(value = "events", required = true) ObjectNode events) {}

    /** The signed payload. */
    byte[] toJson() {
        ObjectNode events = StrictJson.object();
        events.set(uri(event), StrictJson.tree((Record) event));
        return StrictJson.write(new Claims(
                issuer,
                audience,
                id,
                issuedAt,
                occurredAt,
                transaction,
                new SubjectId("opaque", subject),
                bind,
                events));
    }

    /**
     * Reads a payload.
     *
     * @throws MalformedJsonException when it is anything else
     */
    static JournalStatement fromJson(byte[] payload) {
        Claims claims = StrictJson.read(payload, Claims.class);
        return new JournalStatement(
                claims.issuer,
                claims.audience,
                claims.id,
                claims.issuedAt,
                claims.occurredAt,
                claims.transaction,
                claims.subject.id,
                claims.bind,
                event(claims.events));
    }

    private static JournalEvent event(ObjectNode events) {
        if (events.size() != 1) {
            throw StrictJson.malformed("A journal statement holds exactly one event");
        }
        var only = events.properties().iterator().next();
        JsonNode event = only.getValue();
        return switch (only.getKey()) {
            case STARTED -> StrictJson.convert(event, Started.class);
            case OUTCOME -> StrictJson.convert(event, Outcome.class);
            case REPEAT -> StrictJson.convert(event, Repeat.class);
            default -> throw StrictJson.malformed("An event of unknown kind");
        };
    }

    private static String uri(JournalEvent event) {
        return switch (event) {
            case Started started -> STARTED;
            case Outcome outcome -> OUTCOME;
            case Repeat repeat -> REPEAT;
        };
    }
}
