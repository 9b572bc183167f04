package dev.mandate.contracts.action;

import dev.mandate.contracts.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes macros out of {@code review/macros.json} and the operations that they consist of: a macro needs every scope of
 * its steps, is marked as a whole where one of its steps is marked, forbidden to oneself where one is, destructive
 * where one is, and repeated as the most delicate one is.
 */
final class MacroSources {

    private static final List<String> REPEATS = List.of("safe", "idempotent", "guarded", "unsafe");

    private final Map<String, ObjectNode> operations;

    MacroSources(Map<String, ObjectNode> operations) {
        this.operations = operations;
    }

    Map<String, ObjectNode> all(JsonNode macros) {
        var made = new TreeMap<String, ObjectNode>();
        macros.forEach(macro -> made.put(macro.get("action").stringValue(), action(macro)));
        return made;
    }

    private ObjectNode action(JsonNode macro) {
        ObjectNode action = StrictJson.object();
        action.set("action", macro.get("action"));
        action.put("method", "").put("path", "");
        action.set("pathParameters", macro.get("parameters"));
        action.putArray("queryParameters");
        action.put("bodyRequired", false);
        ArrayNode scopes = action.putArray("scopes");
        action.putArray("scopeRules");
        action.putArray("success");
        action.put("async", false);
        action.put("repeat", "safe");
        ObjectNode target = Review.rule(macro.get("target"));
        action.set("target", target);
        action.putArray("affects").add(target);
        ArrayNode marks = action.putArray("marks");
        ArrayNode ownForbidden = action.putArray("ownForbidden");
        action.putArray("secretArguments");
        action.putArray("secretResults");
        action.put("destructive", false);
        for (JsonNode step : macro.get("steps")) {
            ObjectNode operation = operations.get(step.get("action").stringValue());
            JsonNode arguments = step.get("arguments");
            add(scopes, operation.get("scopes"));
            operation.get("marks").forEach(mark -> {
                if (present(arguments, mark.get("at"))) {
                    add(marks, marks.arrayNode().add(((ObjectNode) mark.deepCopy()).put("at", "")));
                }
            });
            if (operation.get("ownForbidden").valueStream().anyMatch(at -> present(arguments, at))) {
                add(ownForbidden, ownForbidden.arrayNode().add(""));
            }
            action.put(
                    "destructive",
                    action.get("destructive").booleanValue()
                            || operation.get("destructive").booleanValue());
            action.put(
                    "async",
                    action.get("async").booleanValue() || operation.get("async").booleanValue());
            action.put(
                    "repeat",
                    moreDelicate(
                            action.get("repeat").stringValue(),
                            operation.get("repeat").stringValue()));
        }
        action.set("steps", macro.get("steps"));
        if (macro.has("notice")) {
            action.set("notice", macro.get("notice"));
        }
        return action;
    }

    private static void add(ArrayNode to, JsonNode elements) {
        elements.forEach(element -> {
            if (to.valueStream().noneMatch(element::equals)) {
                to.add(element);
            }
        });
    }

    private static boolean present(JsonNode arguments, JsonNode at) {
        return at.stringValue().isEmpty()
                || !arguments.at(JsonPointer.compile(at.stringValue())).isMissingNode();
    }

    private static String moreDelicate(String one, String other) {
        return REPEATS.indexOf(one) > REPEATS.indexOf(other) ? one : other;
    }
}
