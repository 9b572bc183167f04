package dev.mandate.simulator.management;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Request;
import dev.mandate.simulator.operation.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a request's body: JSON, or a multipart form (RFC 7578) whose parts become members, or nothing. */
final class Bodies {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:[^\\r\\n]*[; ]name=\"([^\"]*)\"");
    private static final String BLANK_LINE = "\r\n\r\n";

    private Bodies() {}

    static JsonNode read(Request request) throws ApiError {
        String type = request.header("content-type").orElse("");
        if (type.startsWith("multipart/form-data")) {
            return form(type, new String(request.body(), StandardCharsets.ISO_8859_1));
        }
        if (request.body().length == 0) {
            return Json.MAPPER.getNodeFactory().missingNode();
        }
        try {
            return Json.MAPPER.readTree(request.body());
        } catch (JacksonException e) {
            throw malformed();
        }
    }

    private static ObjectNode form(String type, String body) throws ApiError {
        Matcher boundary = BOUNDARY.matcher(type);
        if (!boundary.find()) {
            throw malformed();
        }
        ObjectNode form = Json.object();
        for (String part : body.split(Pattern.quote("--" + boundary.group(1)))) {
            int blank = part.indexOf(BLANK_LINE);
            Matcher name = NAME.matcher(part);
            if (blank >= 0 && name.find()) {
                String content = part.substring(blank + BLANK_LINE.length());
                String value = utf8(content.endsWith("\r\n") ? content.substring(0, content.length() - 2) : content);
                form.set(name.group(1), typed(value));
            }
        }
        return form;
    }

    /** Auth0's own SDK writes parts as JSON, texts in quotes included; others write them plainly. */
    private static JsonNode typed(String value) {
        boolean json = value.equals("true") || value.equals("false") || value.startsWith("\"") && value.endsWith("\"");
        try {
            return json
                    ? Json.MAPPER.readTree(value)
                    : Json.MAPPER.getNodeFactory().stringNode(value);
        } catch (JacksonException e) {
            return Json.MAPPER.getNodeFactory().stringNode(value);
        }
    }

    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static ApiError malformed() {
        return ApiError.badRequest("Invalid request payload JSON format", "invalid_json");
    }
}
