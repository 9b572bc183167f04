package dev.mandate.sandbox.client;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.sandbox.Names;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked of the API.
 *
 * @param action the action's name
 * @param arguments its arguments
 * @param reason why
 * @param idempotencyKey the client's name for this request
 */
public record Ask(String action, ObjectNode arguments, Optional<String> reason, Optional<String> idempotencyKey) {

    /** An action on a user, without a body. */
    public static Ask of(String action, String userId) {
        return new Ask(action, StrictJson.object().put("id", userId), Optional.empty(), Optional.empty());
    }

    /** The same with a JSON body for Auth0. */
    public Ask with(String body) {
        var more = arguments.deepCopy();
        more.set("body", StrictJson.parse(body.getBytes(StandardCharsets.UTF_8)));
        return new Ask(action, more, reason, idempotencyKey);
    }

    /** The same with a reason. */
    public Ask because(String words) {
        return new Ask(action, arguments, Optional.of(words), idempotencyKey);
    }

    /** The same with an idempotency key. */
    public Ask keyed(String key) {
        return new Ask(action, arguments, reason, Optional.of(key));
    }

    byte[] json() {
        var json = StrictJson.object().put("tenant", Names.TENANT).put("action", action);
        json.set("arguments", arguments);
        reason.ifPresent(words -> json.put("reason", words));
        return StrictJson.write(json);
    }
}
