package dev.mandate.contracts.action;

import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was decided about the operations: derived by rule, unless an entry of its own says otherwise. */
final class Review {

    private static final List<String> LISTS =
            List.of("scopeRules", "marks", "ownForbidden", "secretArguments", "secretResults");

    private final ObjectNode resources;
    private final ObjectNode entries;
    private final Set<String> unused;

    private Review(ObjectNode resources, ObjectNode entries) {
        this.resources = resources;
        this.entries = entries;
        this.unused = new TreeSet<>(entries.propertyNames());
    }

    static Review read(Path sources) throws IOException {
        return new Review(
                StrictJson.parseObject(Files.readAllBytes(sources.resolve("resources.json"))),
                StrictJson.parseObject(Files.readAllBytes(sources.resolve("review.json"))));
    }

    /** The reviewed fields of one operation. */
    ObjectNode of(JsonNode operation) {
        String name = operation.get("action").stringValue();
        unused.remove(name);
        JsonNode entry = entries.path(name);
        ObjectNode fields = StrictJson.object();
        JsonNode target = entry.has("target") ? entry.get("target") : target(operation);
        fields.set("target", target);
        if (entry.has("affects")) {
            fields.set("affects", entry.get("affects"));
        } else {
            fields.putArray("affects").add(target);
        }
        for (String list : LISTS) {
            fields.set(list, entry.has(list) ? entry.get(list) : fields.arrayNode());
        }
        fields.put("destructive", entry.path("destructive").asBoolean(deletes(operation)));
        return fields;
    }

    /** Entries that no operation has asked for. */
    Set<String> unused() {
        return unused;
    }

    /**
     * The resource that the path names first: the one with the id behind the longest known prefix, or the collection.
     */
    private ObjectNode target(JsonNode operation) {
        String path = operation.get("path").stringValue();
        String prefix = resources.propertyNames().stream()
                .filter(each -> path.equals(each) || path.startsWith(each + "/"))
                .max((one, other) -> one.length() - other.length())
                .orElseThrow(() -> new IllegalStateException("resources.json does not know " + path));
        String next = path.substring(prefix.length()).replaceFirst("^/", "").replaceFirst("/.*", "");
        ObjectNode rule = StrictJson.object();
        if (next.startsWith("{")) {
            rule.set("type", resources.get(prefix).get("one"));
            rule.putArray("ids").add("/" + next.substring(1, next.length() - 1));
        } else {
            rule.set("type", resources.get(prefix).get("all"));
            rule.putArray("ids");
        }
        return rule;
    }

    private static boolean deletes(JsonNode operation) {
        return operation.get("method").stringValue().equals("DELETE");
    }
}
