package dev.mandate.worker.execution;

import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.Hashes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A body as {@code multipart/form-data} (RFC 7578): one part for each member of the JSON object that was signed, in its
 * order. Text goes as it is, byte for byte; numbers and booleans as JSON spells them. The boundary is made of the
 * body's hash: a repeated attempt sends the same bytes, and nobody can write a body that holds its own boundary.
 */
final class MultipartForm {

    private static final String TYPE = "multipart/form-data; boundary=";
    private static final String BOUNDARY = "mandate-";
    private static final int HASH_LENGTH = 32;

    private MultipartForm() {}

    /**
     * The form.
     *
     * @param body a JSON object
     * @param schema the body's; members with a {@code contentMediaType} are the contents of files
     * @throws IllegalArgumentException when the body is something else, or holds what a form has no spelling for:
     *     objects, arrays and nulls
     */
    static Content of(byte[] body, JsonNode schema) {
        String hash = Hashes.sha256(body);
        String boundary = BOUNDARY + hash.substring(hash.length() - HASH_LENGTH);
        var out = new ByteArrayOutputStream(body.length + 512);
        for (Map.Entry<String, JsonNode> member : members(body)) {
            String name = member.getKey();
            boolean file = schema.path("properties").path(name).has("contentMediaType");
            write(out, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(name) + "\"");
            write(
                    out,
                    file
                            ? "; filename=\"" + quoted(name) + ".json\"\r\nContent-Type: application/json\r\n\r\n"
                            : "\r\n\r\n");
            write(out, text(member.getValue()));
            write(out, "\r\n");
        }
        write(out, "--" + boundary + "--\r\n");
        return new Content(TYPE + boundary, out.toByteArray());
    }

    private static Set<Map.Entry<String, JsonNode>> members(byte[] body) {
        try {
            return StrictJson.parseObject(body).properties();
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException("A form is made of a JSON object");
        }
    }

    private static String text(JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isNumber() || value.isBoolean()) {
            return value.toString();
        }
        throw new IllegalArgumentException("A form has no spelling for objects, arrays and nulls");
    }

    /** A name may hold anything; this is how browsers keep it inside its quotation marks (RFC 7578 §2, WHATWG). */
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
