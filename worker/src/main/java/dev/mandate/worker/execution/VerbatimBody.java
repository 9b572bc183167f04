package dev.mandate.worker.execution;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Cuts the request's body out of the signed payload, byte for byte: explicit nulls, spellings of numbers and the order
 * of members are what was signed. Only opened secrets replace what stands in their places.
 */
final class VerbatimBody {

    private static final JsonPointer ARGUMENTS = JsonPointer.compile("/tctx/arguments");
    private static final JsonPointer BODY = JsonPointer.compile("/body");
    private static final JsonPointer WHOLE = ARGUMENTS.append(BODY);
    private static final JsonFactory JSON = new JsonFactory();

    private record Slice(int from, int to) {}

    private VerbatimBody() {}

    /**
     * The body's bytes.
     *
     * @param payload a command's payload that has been read strictly
     * @param secrets the JSON of secrets by their places in the arguments; those outside the body don't matter here
     * @return empty if the arguments hold no body
     */
    static Optional<byte[]> of(byte[] payload, Map<JsonPointer, byte[]> secrets) {
        Map<JsonPointer, byte[]> inside = new HashMap<>();
        secrets.forEach((pointer, secret) -> {
            if (BODY.getMatchingProperty().equals(pointer.getMatchingProperty())) {
                inside.put(ARGUMENTS.append(pointer), secret);
            }
        });
        Map<JsonPointer, Slice> slices = slices(payload, inside.keySet());
        Slice body = slices.get(WHOLE);
        if (body == null) {
            return Optional.empty();
        }
        List<Map.Entry<Slice, byte[]>> replaced = new ArrayList<>();
        inside.forEach((pointer, secret) -> {
            Slice place = slices.get(pointer);
            if (place == null) {
                throw new IllegalStateException("A secret has no place in the body");
            }
            replaced.add(Map.entry(place, secret));
        });
        replaced.sort(Comparator.comparingInt(entry -> entry.getKey().from));
        var out = new ByteArrayOutputStream(body.to - body.from);
        int position = body.from;
        for (Map.Entry<Slice, byte[]> entry : replaced) {
            if (entry.getKey().from < position) {
                throw new IllegalStateException("A secret stands inside another");
            }
            out.write(payload, position, entry.getKey().from - position);
            out.writeBytes(entry.getValue());
            position = entry.getKey().to;
        }
        out.write(payload, position, body.to - position);
        return Optional.of(out.toByteArray());
    }

    /** Where the body and the secrets begin and end. What leads to none of them is skipped. */
    private static Map<JsonPointer, Slice> slices(byte[] payload, Set<JsonPointer> secrets) {
        var wanted = new HashSet<>(secrets);
        wanted.add(WHOLE);
        var ways = new HashSet<JsonPointer>();
        for (JsonPointer pointer : wanted) {
            for (JsonPointer way = pointer.head(); way != null; way = way.head()) {
                ways.add(way);
            }
        }
        var found = new HashMap<JsonPointer, Slice>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), payload)) {
            var starts = new HashMap<JsonPointer, Integer>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    continue;
                }
                JsonPointer here = parser.streamReadContext().pathAsPointer();
                boolean leadsOn = token.isStructStart() && ways.contains(here);
                if (!wanted.contains(here)) {
                    if (token.isStructStart() && !leadsOn) {
                        parser.skipChildren();
                    }
                    continue;
                }
                int start = (int) parser.currentTokenLocation().getByteOffset();
                if (leadsOn) {
                    starts.put(here, start);
                    continue;
                }
                if (token.isStructStart()) {
                    parser.skipChildren();
                } else {
                    // A string is read to its end only when it is asked for.
                    parser.finishToken();
                }
                int end = (int) parser.currentLocation().getByteOffset();
                found.put(here, new Slice(token.isStructEnd() ? starts.getOrDefault(here, start) : start, end));
            }
        }
        return found;
    }
}
