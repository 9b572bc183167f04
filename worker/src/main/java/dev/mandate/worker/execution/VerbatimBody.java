package dev.mandate.worker.execution;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final JsonFactory JSON = new JsonFactory();

    private record Slice(int from, int to) {}

    private VerbatimBody() {}

    /**
     * The body's bytes.
     *
     * @param payload a command's payload that has been read strictly
     * @param secrets the JSON of secrets by their places in the arguments
     * @return empty if the arguments hold no body
     */
    static Optional<byte[]> of(byte[] payload, Map<JsonPointer, byte[]> secrets) {
        Map<JsonPointer, Slice> slices = slices(payload, secrets);
        Slice body = slices.get(ARGUMENTS.append(BODY));
        if (body == null) {
            return Optional.empty();
        }
        List<Map.Entry<Slice, byte[]>> replaced = new ArrayList<>();
        secrets.forEach((pointer, secret) -> {
            Slice place = slices.get(ARGUMENTS.append(pointer));
            if (place == null || place.from < body.from || place.to > body.to) {
                throw new IllegalStateException("A secret stands outside the body");
            }
            replaced.add(Map.entry(place, secret));
        });
        replaced.sort(Comparator.comparingInt(entry -> entry.getKey().from));
        var out = new ByteArrayOutputStream(body.to - body.from);
        int position = body.from;
        for (Map.Entry<Slice, byte[]> entry : replaced) {
            out.write(payload, position, entry.getKey().from - position);
            out.writeBytes(entry.getValue());
            position = entry.getKey().to;
        }
        out.write(payload, position, body.to - position);
        return Optional.of(out.toByteArray());
    }

    /** Where the body and the secrets begin and end. */
    private static Map<JsonPointer, Slice> slices(byte[] payload, Map<JsonPointer, byte[]> secrets) {
        var found = new HashMap<JsonPointer, Slice>();
        var wanted = new ArrayList<JsonPointer>();
        wanted.add(ARGUMENTS.append(BODY));
        secrets.keySet().forEach(pointer -> wanted.add(ARGUMENTS.append(pointer)));
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), payload)) {
            var starts = new HashMap<JsonPointer, Integer>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    continue;
                }
                JsonPointer here = parser.streamReadContext().pathAsPointer();
                if (!wanted.contains(here)) {
                    continue;
                }
                int start = (int) parser.currentTokenLocation().getByteOffset();
                if (token.isStructStart()) {
                    starts.put(here, start);
                    continue;
                }
                // A string is read to its end only when it is asked for.
                parser.finishToken();
                int end = (int) parser.currentLocation().getByteOffset();
                found.put(here, new Slice(token.isStructEnd() ? starts.getOrDefault(here, start) : start, end));
            }
        }
        return found;
    }
}
