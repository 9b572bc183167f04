package dev.mandate.simulator.sdk;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Texts of the formats and patterns that the catalogue's schemas name. */
final class Texts {

    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("date-time", "2027-01-01T00:00:00.000Z"),
            Map.entry("date", "2027-01-01"),
            Map.entry("email", "someone@example.com"),
            Map.entry("uri", "https://example.com/path"),
            Map.entry("url", "https://example.com/path"),
            Map.entry("ipv4", "203.0.113.7"),
            Map.entry("ipv6", "2001:db8::7"),
            Map.entry("user-id", "auth0|123456789abcdef123456789"),
            Map.entry("user-id-with-max-length", "auth0|123456789abcdef123456789"),
            Map.entry("role-id", "rol_123456789abcdef1"),
            Map.entry("client-id", "123456789abcdef123456789abcdef12"),
            Map.entry("client-grant-id", "cgr_123456789abcdef1"),
            Map.entry("organization-id", "org_123456789abcdef1"),
            Map.entry("uuid", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"));

    private static final Map<String, String> NAMES = Map.of(
            "connection", "Username-Password-Authentication",
            "connection_id", "con_123456789abcdef1",
            "roles", "rol_123456789abcdef1",
            "permission_name", "read:users",
            "resource_server_identifier", "https://mandate.example/api",
            "user_id", "auth0|123456789abcdef123456789");

    private static final List<String> CANDIDATES = List.of(
            "con_123456789abcdef1",
            "org_123456789abcdef1",
            "grp_123456789abcdef1234567",
            "flg_123456789abcdef",
            "seg_123456789abcdef",
            "var_123456789abcdef",
            "client.metadata.example",
            "example",
            "Example",
            "example.com",
            "https://example.com",
            "https://example.com/path",
            "someone@example.com",
            "+15550100000",
            "#112233",
            "203.0.113.7",
            "203.0.113.0/24",
            "1",
            "20270101",
            "2027-01-01",
            "2027-01-01T00:00:00.000Z",
            "en",
            "us-east-1",
            "123456789012",
            "urn:example:token",
            "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            "MDEyMzQ1Njc4OWFiY2RlZg==",
            "arn:aws:sns:us-east-1:123456789012:app/GCM/example",
            "A123456789",
            "organization.metadata.example",
            "transaction.custom_domain.domain_metadata.example",
            "untrusted_data.authorization_params.ext-example",
            "user.app_metadata.example",
            "user.user_metadata.example",
            "simplified/1.0",
            "aamva",
            "US",
            "A".repeat(86) + "==");

    private Texts() {}

    static String of(String name, JsonNode schema) {
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        String format = schema.path("format").asString("");
        if (schema.has("pattern")) {
            Pattern pattern = Pattern.compile(schema.path("pattern").asString());
            return CANDIDATES.stream()
                    .filter(each -> each.length() >= least && each.length() <= most)
                    .filter(each -> pattern.matcher(each).find())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No text fits " + pattern + " for " + name));
        }
        String link = FORMATS.getOrDefault(format.contains("url") || format.contains("uri") ? "uri" : format, "");
        String text = NAMES.getOrDefault(name, link.isEmpty() ? "a-" + name.replace('_', '-') : link);
        text = text.length() < least ? text + "x".repeat(least - text.length()) : text;
        return text.length() > most ? text.substring(0, most) : text;
    }
}
