package dev.mandate.worker.execution;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Parameter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The address of a call: the catalogue's path template with percent-encoded values (RFC 3986 §2.1), and the query, in
 * which a list is its name repeated. When it is complete it is taken apart again and held against the template, so that
 * no value, however odd, can lead elsewhere.
 */
final class RequestUri {

    private static final String UNRESERVED = "-._~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RequestUri() {}

    /**
     * Puts the address together.
     *
     * @throws IllegalArgumentException when the action is a macro, or a value is missing or leads away from the
     *     template
     */
    static URI of(URI base, Action action, ObjectNode arguments) {
        if (action.isMacro()) {
            throw new IllegalArgumentException("A macro has no address; its steps have");
        }
        List<String> template = segments(action.path());
        var path = new StringBuilder(base.toString());
        for (String segment : template) {
            path.append('/').append(isPlaceholder(segment) ? encode(value(segment, arguments)) : segment);
        }
        var query = new StringJoiner("&", "?", "").setEmptyValue("");
        JsonNode values = arguments.path(Action.QUERY);
        for (Parameter parameter : action.queryParameters()) {
            JsonNode value = values.get(parameter.name());
            if (value != null && !value.isNull()) {
                List<JsonNode> each = value.isArray() ? value.valueStream().toList() : List.of(value);
                each.forEach(one -> query.add(encode(parameter.name()) + "=" + encode(text(one))));
            }
        }
        URI uri = URI.create(path + query.toString());
        requireTemplate(uri, base, template, arguments);
        return uri;
    }

    private static void requireTemplate(URI uri, URI base, List<String> template, ObjectNode arguments) {
        boolean sameHost =
                base.getScheme().equals(uri.getScheme()) && base.getAuthority().equals(uri.getAuthority());
        boolean below = uri.getRawPath().startsWith(base.getRawPath() + "/");
        List<String> actual =
                below ? segments(uri.getRawPath().substring(base.getRawPath().length())) : List.of();
        boolean fits = sameHost && uri.normalize().equals(uri) && actual.size() == template.size();
        for (int i = 0; fits && i < template.size(); i++) {
            String segment = template.get(i);
            fits = isPlaceholder(segment)
                    ? !actual.get(i).isEmpty()
                            && URLDecoder.decode(actual.get(i).replace("+", "%2B"), StandardCharsets.UTF_8)
                                    .equals(value(segment, arguments))
                    : segment.equals(actual.get(i));
        }
        if (!fits) {
            throw new IllegalArgumentException("The address does not fit the action's template");
        }
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static boolean isPlaceholder(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static String value(String placeholder, ObjectNode arguments) {
        JsonNode value = arguments.get(placeholder.substring(1, placeholder.length() - 1));
        if (value == null || !(value.isString() || value.isIntegralNumber())) {
            throw new IllegalArgumentException("A path parameter is missing");
        }
        return text(value);
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static String encode(String value) {
        var encoded = new StringBuilder(value.length() + 16);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
