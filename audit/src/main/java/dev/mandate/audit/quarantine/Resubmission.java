package dev.mandate.audit.quarantine;

import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a record in quarantine asked for, as the body of a new request that a person may send in their own name. It goes
 * through every check like any other; nothing of the old record goes with it.
 *
 * @param body the body of {@code POST /v1/commands}
 * @param missing JSON pointers into the body to what was left out: secrets, and what may be one
 */
public record Resubmission(ObjectNode body, List<String> missing) {

    /** A compact JWE (RFC 7516 §7.1), whose header is a JSON object. */
    private static final Pattern SEALED = Pattern.compile("eyJ[\\w-]*\\.[\\w-]*\\.[\\w-]*\\.[\\w-]*\\.[\\w-]*");

    private static final int MAX_REASON = 500;

    /** Copies the list. */
    public Resubmission {
        missing = List.copyOf(missing);
    }

    /** Makes one of what a record claims; empty when it names no action. */
    public static Optional<Resubmission> of(Claims claims, Catalogue catalogue) {
        if (claims.action().isEmpty()) {
            return Optional.empty();
        }
        ObjectNode body = StrictJson.object().put("tenant", claims.tenant()).put("action", claims.action());
        ObjectNode arguments = body.putObject("arguments");
        var missing = new ArrayList<String>();
        // Of an action that is not known here, nobody can say which arguments are secret.
        catalogue
                .find(claims.action())
                .ifPresentOrElse(
                        action -> claims.arguments().ifPresent(claimed -> {
                            ObjectNode kept = claimed.deepCopy();
                            action.secretsIn(claimed).forEach(secret -> leaveOut(kept, secret, missing));
                            sealed(kept, JsonPointer.empty()).forEach(secret -> leaveOut(kept, secret, missing));
                            arguments.setAll(kept);
                        }),
                        () -> missing.add("/arguments"));
        claims.reason().filter(reason -> reason.length() <= MAX_REASON).ifPresent(reason -> body.put("reason", reason));
        return Optional.of(new Resubmission(body, missing));
    }

    private static List<JsonPointer> sealed(JsonNode value, JsonPointer here) {
        var found = new ArrayList<JsonPointer>();
        switch (value) {
            case ObjectNode object ->
                object.properties()
                        .forEach(member ->
                                found.addAll(sealed(member.getValue(), here.appendProperty(member.getKey()))));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    found.addAll(sealed(array.get(i), here.appendIndex(i)));
                }
            }
            default -> {
                if (value.isString() && SEALED.matcher(value.stringValue()).matches()) {
                    found.add(here);
                }
            }
        }
        return found;
    }

    /** In an array a null keeps the place, so that what comes after it stays where it was. */
    private static void leaveOut(ObjectNode arguments, JsonPointer secret, List<String> missing) {
        JsonPointer head = secret.head();
        JsonPointer last = secret.last();
        JsonNode parent = head == null ? arguments : arguments.at(head);
        if (last != null && parent instanceof ObjectNode object) {
            object.remove(last.getMatchingProperty());
        } else if (last != null && parent instanceof ArrayNode array) {
            array.set(last.getMatchingIndex(), NullNode.getInstance());
        }
        missing.add("/arguments" + secret);
    }
}
