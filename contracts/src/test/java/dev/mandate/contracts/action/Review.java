package dev.mandate.contracts.action;

import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was decided about the operations, out of {@code src/catalogue/review}. Its README says what each file holds, and
 * which rule applies where a file says nothing.
 */
final class Review {

    private final ObjectNode resources;
    private final ObjectNode subjects;
    private final ObjectNode scopes;
    private final ObjectNode own;
    private final JsonNode marks;
    private final ObjectNode losses;
    private final JsonNode repeats;
    private final ObjectNode secrets;
    private final JsonNode macros;
    private final ObjectNode narrowed;

    private Review(Path directory) {
        resources = (ObjectNode) read(directory, "resources");
        subjects = (ObjectNode) read(directory, "subjects");
        scopes = (ObjectNode) read(directory, "scopes");
        own = (ObjectNode) read(directory, "own");
        marks = read(directory, "marks");
        losses = (ObjectNode) read(directory, "losses");
        repeats = read(directory, "repeats");
        secrets = (ObjectNode) read(directory, "secrets");
        macros = read(directory, "macros");
        narrowed = (ObjectNode) read(directory, "narrowed");
    }

    static Review read(Path sources) {
        return new Review(sources.resolve("review"));
    }

    private static JsonNode read(Path directory, String name) {
        try {
            return StrictJson.parse(Files.readAllBytes(directory.resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every name of an action that the review mentions. */
    Set<String> mentioned() {
        var names = new TreeSet<String>();
        for (ObjectNode byAction : new ObjectNode[] {subjects, scopes, own, narrowed}) {
            names.addAll(byAction.propertyNames());
        }
        Stream.of(marks, repeats, losses, secrets)
                .flatMap(groups -> groups.findValues("actions").stream())
                .forEach(actions -> actions.forEach(action -> names.add(action.stringValue())));
        macros.forEach(macro ->
                macro.get("steps").forEach(step -> names.add(step.get("action").stringValue())));
        return names;
    }

    JsonNode macros() {
        return macros;
    }

    /** The reviewed fields of one operation. */
    ObjectNode of(JsonNode operation) {
        String name = operation.get("action").stringValue();
        ObjectNode fields = StrictJson.object();
        fields.set("repeat", repeat(name, operation));
        fields.set("scopeRules", scopes.has(name) ? scopes.get(name) : fields.arrayNode());
        JsonNode subject = subjects.path(name);
        ObjectNode target = subject.has("target") ? rule(subject.get("target")) : derivedTarget(operation);
        fields.set("target", target);
        ArrayNode affects = fields.putArray("affects");
        if (subject.has("affects")) {
            subject.get("affects").forEach(each -> affects.add(rule(each)));
        } else {
            affects.add(target);
        }
        fields.set("marks", marks(name));
        fields.set("ownForbidden", own.has(name) ? own.get(name) : fields.arrayNode());
        fields.set("secretArguments", pointers("arguments", name));
        fields.set("secretResults", pointers("results", name));
        fields.put(
                "destructive",
                anyNames(losses.get("lost"), name)
                        || operation.get("method").stringValue().equals("DELETE")
                                && !anyNames(losses.get("notLost"), name));
        return fields;
    }

    /** Takes out of a body's schema what is not to be said, and requires what says it instead. */
    void narrow(String action, ObjectNode body) {
        JsonNode review = narrowed.path(action);
        review.path("without").forEach(member -> {
            if (body.withObject("/properties").remove(member.stringValue()) == null) {
                throw new IllegalStateException(action + " has no " + member + " to be left out");
            }
        });
        review.path("required").forEach(member -> body.withArray("/required").add(member.stringValue()));
    }

    /** Arguments that look like ids but that an action does not reach, by pointer, with the reason. */
    Map<String, String> named(String action) {
        return texts(subjects.path(action).path("named"));
    }

    /** Names of arguments that sound secret and are not, with the reason. */
    Map<String, String> notSecret() {
        var reasons = new TreeMap<String, String>();
        secrets.get("notSecret")
                .forEach(group -> group.get("names")
                        .forEach(name -> reasons.put(
                                name.stringValue(), group.get("because").stringValue())));
        return reasons;
    }

    /** {@code "user /body/user_id /body/email"}: a type, and where its id is; {@code "/a|/b"}: its two halves. */
    static ObjectNode rule(JsonNode text) {
        String[] words = text.stringValue().split(" ");
        ObjectNode rule = StrictJson.object().put("type", words[0]);
        ArrayNode ids = rule.putArray("ids");
        Stream.of(words).skip(1).forEach(word -> {
            int halves = word.indexOf('|');
            ids.add(word.substring(halves + 1));
            if (halves >= 0) {
                rule.put("provider", word.substring(0, halves));
            }
        });
        return rule;
    }

    /**
     * The resource that the path names first: the one with the id behind the longest known prefix, or the collection.
     */
    private ObjectNode derivedTarget(JsonNode operation) {
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

    private JsonNode repeat(String action, JsonNode operation) {
        for (JsonNode group : repeats) {
            if (names(group, action)) {
                return group.get("repeat");
            }
        }
        return operation.get("repeat");
    }

    private ArrayNode marks(String action) {
        ArrayNode found = StrictJson.object().arrayNode();
        for (JsonNode group : marks) {
            if (names(group, action)) {
                ObjectNode mark = found.addObject().put("at", group.path("at").asString(""));
                mark.set("mark", group.get("mark"));
                mark.set("because", group.get("because"));
            }
        }
        return found;
    }

    private ArrayNode pointers(String kind, String action) {
        ArrayNode found = StrictJson.object().arrayNode();
        for (JsonNode group : secrets.get(kind)) {
            if (names(group, action)) {
                group.get("pointers").forEach(found::add);
            }
        }
        return found;
    }

    private static boolean anyNames(JsonNode groups, String action) {
        return groups.valueStream().anyMatch(group -> names(group, action));
    }

    private static boolean names(JsonNode group, String action) {
        return group.get("actions")
                .valueStream()
                .anyMatch(each -> each.asString().equals(action));
    }

    private static Map<String, String> texts(JsonNode object) {
        var texts = new TreeMap<String, String>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().stringValue()));
        return texts;
    }
}
