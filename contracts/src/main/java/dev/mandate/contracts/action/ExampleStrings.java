package dev.mandate.contracts.action;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Strings that satisfy a schema: the caller's, those that fit a format, those that a pattern spells out. */
final class ExampleStrings {

    private static final String FREE = "example";
    private static final String LINK = "https://example.com/path";

    /** For the formats of JSON Schema, and for those of Auth0 that need a certain form. */
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("email", "ada@example.com"),
            Map.entry("email-or-empty", "ada@example.com"),
            Map.entry("uri", LINK),
            Map.entry("url", LINK),
            Map.entry("hostname", "host.example.com"),
            Map.entry("hostname-rfc2181", "host.example.com"),
            Map.entry("ipv4", "192.0.2.1"),
            Map.entry("ipv6", "2001:db8::1"),
            Map.entry("cidr", "192.0.2.0/24"),
            Map.entry("ipv6_cidr", "2001:db8::/32"),
            Map.entry("uuid", "0f0e0d0c-0b0a-4908-8706-050403020100"),
            Map.entry("date", "2030-01-31"),
            Map.entry("date-time", "2030-01-31T12:00:00.000Z"),
            Map.entry("html-color", "#0a1b2c"),
            Map.entry("html-color-or-null", "#0a1b2c"),
            Map.entry("forms-hex-color", "#0a1b2c"),
            Map.entry("user-id", "auth0|example"));

    private final ExampleArguments.Strings strings;

    ExampleStrings(ExampleArguments.Strings strings) {
        this.strings = strings;
    }

    /**
     * A string for this place.
     *
     * @throws IllegalArgumentException when the schema asks for more than this can make up
     */
    String value(JsonNode schema, JsonPointer at) {
        int least = schema.path("minLength").intValue(0);
        int most = schema.path("maxLength").intValue(Integer.MAX_VALUE);
        String regex = schema.path("pattern").stringValue("");
        Optional<Pattern> pattern = regex.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(regex));
        return Stream.of(
                        strings.at(at, schema).stream(),
                        ofFormat(schema.path("format").stringValue("")).stream(),
                        Stream.of(sized(least, most)),
                        pattern.isEmpty() ? Stream.<String>empty() : spelled(regex))
                .flatMap(candidates -> candidates)
                .filter(candidate -> fits(candidate, least, most, pattern))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No example is known for the schema at " + at));
    }

    private static Optional<String> ofFormat(String format) {
        Optional<String> exact = Optional.ofNullable(FORMATS.get(format));
        return exact.isPresent() || !Stream.of("uri", "url").anyMatch(format::contains) ? exact : Optional.of(LINK);
    }

    private static String sized(int least, int most) {
        String text = FREE.repeat(Math.max(1, (least + FREE.length() - 1) / FREE.length()));
        int length = Math.min(Math.max(least, FREE.length()), most);
        return text.substring(0, Math.min(length, text.length()));
    }

    private static Stream<String> spelled(String regex) {
        return IntStream.rangeClosed(0, 64).mapToObj(more -> PatternSample.of(regex, more));
    }

    private static boolean fits(String text, int least, int most, Optional<Pattern> pattern) {
        int length = text.codePointCount(0, text.length());
        return length >= least
                && length <= most
                && pattern.filter(expected -> !expected.matcher(text).find()).isEmpty();
    }
}
