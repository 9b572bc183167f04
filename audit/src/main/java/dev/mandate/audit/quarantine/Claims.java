package dev.mandate.audit.quarantine;

import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.CompactJws;
import dev.mandate.contracts.signing.RejectedException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a record says of itself, if it looks like a command at all. Nothing of it is verified; whoever wrote the record
 * chose every word.
 *
 * @param payload the JSON that it carries
 */
public record Claims(ObjectNode payload) {

    /** Reads what a record's value says; empty when it is no compact JWS of a JSON object. */
    static Optional<Claims> of(byte[] value) {
        try {
            return Optional.of(
                    new Claims(StrictJson.parseObject(CompactJws.parse(value).payload())));
        } catch (RejectedException | MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /** The command's id. */
    public String id() {
        return text("/jti");
    }

    /** Who asks. */
    public String subject() {
        return text("/sub");
    }

    /** Whose token it is. */
    public String issuer() {
        return text("/rctx/iss");
    }

    /** The tenant's alias. */
    public String tenant() {
        return text("/tctx/tenant");
    }

    /** The action's name. */
    public String action() {
        return text("/tctx/action");
    }

    /** What it is to act on: type, a space, and id. */
    public String target() {
        return (text("/tctx/target/type") + " " + text("/tctx/target/id")).strip();
    }

    /** The requester's words. */
    public Optional<String> reason() {
        return Optional.of(text("/tctx/reason")).filter(reason -> !reason.isEmpty());
    }

    /** Where its signer put it: topic and partition. */
    public String place() {
        JsonNode partition = payload.at("/bind/partition");
        return text("/bind/topic") + (partition.isIntegralNumber() ? "/" + partition.longValue() : "");
    }

    /** The arguments, if there are any. */
    public Optional<ObjectNode> arguments() {
        return payload.at("/tctx/arguments") instanceof ObjectNode arguments
                ? Optional.of(arguments)
                : Optional.empty();
    }

    /** The names of the arguments, of their values nothing. */
    public List<String> argumentNames() {
        return arguments().map(found -> List.copyOf(found.propertyNames())).orElse(List.of());
    }

    private String text(String pointer) {
        JsonNode value = payload.at(pointer);
        return value.isString() ? value.stringValue() : "";
    }
}
