package dev.mandate.worker.execution;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as a server understands it: the path's decoded segments, the query's decoded values by name in their order,
 * and the body as JSON; a form counts as the object of its parts.
 */
record Wire(String method, List<String> path, Map<String, List<String>> query, Optional<JsonNode> body, String type) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PART = Pattern.compile(
            "Content-Disposition: form-data; name=\"([^\"]*)\"(; filename=\"([^\"]*)\")?\r\n(?:[^\r\n]+\r\n)*\r\n(.*)",
            Pattern.DOTALL);

    /** How another request differs from one in a place: it lacks something there, has something more, or else. */
    record Difference(String place, String how) implements Comparable<Difference> {

        static Difference of(String place, @Nullable Object mine, @Nullable Object theirs) {
            if (theirs == null) {
                return mine instanceof JsonNode value && value.isNull()
                        ? new Difference("body", "lacks a null")
                        : new Difference(place, "lacks it");
            }
            return new Difference(place, mine == null ? "adds " + theirs : "says " + theirs + " for " + mine);
        }

        @Override
        public int compareTo(Difference other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return place + " " + how;
        }
    }

    static Wire of(StandIn.Asked asked) {
        String[] target = asked.target().split("\\?", 2);
        List<String> path =
                Arrays.stream(target[0].split("/", -1)).map(Wire::decoded).toList();
        Map<String, List<String>> query = new TreeMap<>();
        for (String pair : target.length == 1 ? new String[0] : target[1].split("&")) {
            String[] parts = pair.split("=", 2);
            query.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>()).add(decoded(parts[1]));
        }
        String type = asked.headers().getOrDefault("Content-type", List.of("")).getFirst();
        return new Wire(asked.method(), path, query, body(asked.body(), type), type.split(";", 2)[0]);
    }

    /** How another request differs from this one. */
    Set<Difference> differences(Wire other) {
        var found = new TreeSet<Difference>();
        compareValues("method", method, other.method, found);
        compareValues("path", path, other.path, found);
        if (body.isPresent() && other.body.isPresent()) {
            compareValues("type", type, other.type, found);
        }
        var names = new TreeSet<>(query.keySet());
        names.addAll(other.query.keySet());
        names.forEach(name -> compareValues("query/" + name, query.get(name), other.query.get(name), found));
        compare("body", body.orElse(null), other.body.orElse(null), found);
        return found;
    }

    private static void compare(
            String place, @Nullable JsonNode mine, @Nullable JsonNode theirs, Set<Difference> found) {
        if (mine instanceof ObjectNode object && theirs instanceof ObjectNode another) {
            var names = new TreeSet<>(object.propertyNames());
            names.addAll(another.propertyNames());
            names.forEach(name -> compare(place + "/" + name, object.get(name), another.get(name), found));
        } else if (mine != null
                && theirs != null
                && mine.isArray()
                && theirs.isArray()
                && mine.size() == theirs.size()) {
            for (int i = 0; i < mine.size(); i++) {
                compare(place + "/" + i, mine.get(i), theirs.get(i), found);
            }
        } else if (mine == null ? theirs != null : theirs == null || !same(mine, theirs)) {
            found.add(Difference.of(place, mine, theirs));
        }
    }

    private static void compareValues(
            String place, @Nullable Object mine, @Nullable Object theirs, Set<Difference> found) {
        if (!Objects.equals(mine, theirs)) {
            found.add(Difference.of(place, mine, theirs));
        }
    }

    /** Numbers are the same by value, times by the instant. */
    private static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.isString() && other.isString() && !one.equals(other)) {
            try {
                return OffsetDateTime.parse(one.stringValue()).isEqual(OffsetDateTime.parse(other.stringValue()));
            } catch (DateTimeException e) {
                return false;
            }
        }
        return one.equals(other);
    }

    private static Optional<JsonNode> body(String body, String type) {
        if (body.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(type.startsWith("multipart/form-data") ? form(body, type) : JSON.readTree(body));
    }

    private static JsonNode form(String body, String type) {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        String boundary = "--" + type.replaceAll(".*boundary=", "");
        String[] parts = ("\r\n" + body).split(Pattern.quote("\r\n" + boundary), -1);
        for (String part : Arrays.copyOfRange(parts, 1, parts.length - 1)) {
            Matcher matcher = PART.matcher(part.substring(2));
            if (!matcher.matches()) {
                throw new IllegalStateException("Not a part of a form: " + part);
            }
            form.put(matcher.group(1) + (matcher.group(3) == null ? "" : " in " + matcher.group(3)), matcher.group(4));
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
