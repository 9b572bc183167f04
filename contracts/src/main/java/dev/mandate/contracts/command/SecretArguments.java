package dev.mandate.contracts.command;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.sealing.Opener;
import dev.mandate.contracts.sealing.Sealer;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.sealing.UnsealException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Secret arguments on their way through the log: at the places that the catalogue calls secret stands a string, the
 * compact JWE of the value's JSON ({@code "S3cret"} with its quotation marks), bound to the command and to the place.
 */
public final class SecretArguments {

    private SecretArguments() {}

    /** The arguments with every secret sealed. */
    public static ObjectNode seal(Action action, CommandId id, ObjectNode arguments, Sealer sealer) {
        ObjectNode sealed = arguments.deepCopy();
        action.secretsIn(arguments).forEach(pointer -> {
            byte[] secret = StrictJson.write(arguments.at(pointer));
            String jwe = sealer.seal(SealingContext.argument(id.value(), pointer.toString()), secret);
            replace(sealed, pointer, StrictJson.parse(StrictJson.write(jwe)));
        });
        return sealed;
    }

    /**
     * The secrets' JSON, by place.
     *
     * @throws UnsealException when one is not sealed, or not for this command and place
     */
    public static Map<JsonPointer, byte[]> open(Action action, CommandId id, ObjectNode arguments, Opener opener)
            throws UnsealException {
        var secrets = new LinkedHashMap<JsonPointer, byte[]>();
        for (JsonPointer pointer : action.secretsIn(arguments)) {
            JsonNode sealed = arguments.at(pointer);
            String jwe = sealed.isString() ? sealed.stringValue() : "";
            secrets.put(pointer, opener.open(SealingContext.argument(id.value(), pointer.toString()), jwe));
        }
        return secrets;
    }

    /**
     * The arguments with opened secrets in their places, to be validated. They must never be logged or kept.
     *
     * @throws MalformedJsonException when a secret is not JSON
     */
    public static ObjectNode inTheClear(ObjectNode arguments, Map<JsonPointer, byte[]> secrets) {
        ObjectNode clear = arguments.deepCopy();
        secrets.forEach((pointer, secret) -> replace(clear, pointer, StrictJson.parse(secret)));
        return clear;
    }

    private static void replace(ObjectNode arguments, JsonPointer pointer, JsonNode value) {
        JsonPointer last = pointer.last();
        JsonPointer head = pointer.head();
        JsonNode parent = head == null ? arguments : arguments.at(head);
        if (last == null || !(parent instanceof ObjectNode || parent instanceof ArrayNode)) {
            throw new IllegalArgumentException("The catalogue names a secret where none can be");
        }
        if (parent instanceof ObjectNode object) {
            object.set(last.getMatchingProperty(), value);
        } else if (parent instanceof ArrayNode array) {
            array.set(last.getMatchingIndex(), value);
        }
    }
}
