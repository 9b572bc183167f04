package dev.mandate.simulator.people;

import dev.mandate.simulator.operation.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of Auth0's user search that callers really use: {@code field:value}, {@code field:"value"}, a trailing
 * {@code *}, negation, and terms joined by {@code AND}. Anything else is refused rather than misread.
 */
final class UserQuery {

    private static final Pattern TERM = Pattern.compile(
            "(?<not>NOT +|-)?(?<field>[A-Za-z_][\\w.]*):(?:\"(?<quoted>[^\"]*)\"|(?<bare>[^\\s\"()\\[\\]{}]+))");
    private static final Pattern AND = Pattern.compile("\\s+AND\\s+");

    private UserQuery() {}

    static Predicate<ObjectNode> parse(String query) throws ApiError {
        List<Predicate<ObjectNode>> terms = new ArrayList<>();
        Matcher term = TERM.matcher(query);
        int at = 0;
        while (true) {
            term.region(at, query.length());
            if (!term.lookingAt()) {
                throw unsupported();
            }
            terms.add(predicate(term));
            at = term.end();
            if (at == query.length()) {
                return user -> terms.stream().allMatch(each -> each.test(user));
            }
            Matcher and = AND.matcher(query).region(at, query.length());
            if (!and.lookingAt()) {
                throw unsupported();
            }
            at = and.end();
        }
    }

    private static Predicate<ObjectNode> predicate(Matcher term) {
        String pointer = "/" + term.group("field").replace('.', '/');
        String quoted = term.group("quoted");
        String bare = term.group("bare");
        Predicate<ObjectNode> holds = user -> {
            JsonNode value = user.at(pointer);
            return quoted != null ? is(value, quoted) : bare != null && fits(value, bare);
        };
        return term.group("not") == null ? holds : holds.negate();
    }

    private static boolean fits(JsonNode value, String pattern) {
        return pattern.endsWith("*")
                ? value.asString("").startsWith(pattern.substring(0, pattern.length() - 1)) && !value.isMissingNode()
                : is(value, pattern);
    }

    private static boolean is(JsonNode value, String expected) {
        return value.isBoolean()
                ? Boolean.toString(value.asBoolean()).equals(expected)
                : !value.isMissingNode() && value.asString("").equalsIgnoreCase(expected);
    }

    private static ApiError unsupported() {
        return ApiError.badRequest("Failed to parse query", "invalid_query_string");
    }
}
