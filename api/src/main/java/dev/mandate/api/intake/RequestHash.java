package dev.mandate.api.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.api.configuration.SharedSecret;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.topic.Lane;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says whether two requests under one idempotency key are the same request. Secrets enter as a hash under a key that
 * only the intake has: whoever reads the log can't try passwords against it.
 */
final class RequestHash {

    private static final String PURPOSE = "request-hash";

    private final SharedSecret secret;

    RequestHash(SharedSecret secret) {
        this.secret = secret;
    }

    /** All that counts. */
    private record Hashed(
            @JsonProperty("tenant") String tenant,
            @JsonProperty("action") String action,
            @JsonProperty("arguments") ObjectNode arguments,
            @JsonProperty("secrets") SortedMap<String, String> secrets,
            @JsonProperty("reason") Optional<String> reason,
            @JsonProperty("lane") Lane lane) {}

    /** The hash of a submission whose arguments are valid. */
    String of(Action action, Submission submission, Lane lane) {
        SortedMap<String, String> secrets = new TreeMap<>();
        for (JsonPointer pointer : action.secretsIn(submission.arguments())) {
            secrets.put(pointer.toString(), keyedHash(pointer, submission.arguments()));
        }
        ObjectNode arguments = withoutSecrets(action, submission.arguments());
        var hashed =
                new Hashed(submission.tenant(), submission.action(), arguments, secrets, submission.reason(), lane);
        return Hashes.sha256(StrictJson.canonical(StrictJson.tree(hashed)));
    }

    /** What enters as it is. */
    static ObjectNode withoutSecrets(Action action, ObjectNode arguments) {
        ObjectNode rest = arguments.deepCopy();
        action.secretsIn(arguments).forEach(pointer -> hide(rest, pointer));
        return rest;
    }

    private static void hide(ObjectNode arguments, JsonPointer pointer) {
        JsonNode parent = arguments.at(pointer.head());
        if (parent instanceof ObjectNode object) {
            object.remove(pointer.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode array) {
            array.setNull(pointer.last().getMatchingIndex());
        }
    }

    private String keyedHash(JsonPointer pointer, ObjectNode arguments) {
        Mac mac = secret.mac(PURPOSE);
        mac.update(pointer.toString().getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return HexFormat.of().formatHex(mac.doFinal(StrictJson.canonical(arguments.at(pointer))));
    }
}
