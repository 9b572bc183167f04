package dev.mandate.simulator.people;

import dev.mandate.simulator.operation.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of Auth0's log search that callers really use: {@code field:value}, {@code field:"value"}, a trailing
 * {@code *}, ranges of dates, and terms joined by {@code AND}. Only the fields can be searched that Auth0 documents,
 * and {@code references.correlation_id} is none of them. Anything else is refused rather than misread.
 */
final class LogQuery {

    private static final Set<String> FIELDS = Set.of(
            "client_id",
            "client_name",
            "connection",
            "connection_id",
            "description",
            "date",
            "hostname",
            "ip",
            "log_id",
            "organization_id",
            "user_id",
            "user_name",
            "user_agent",
            "strategy",
            "strategy_type",
            "type");
    private static final Pattern TERM = Pattern.compile("(?<field>[a-z_]+):(?:\"(?<quoted>[^\"]*)\""
            + "|(?<open>[\\[{])(?<from>[\\w:.*-]+) TO (?<to>[\\w:.*-]+)(?<close>[]}])"
            + "|(?<bare>[^\\s\"()\\[\\]{}]+))(?:\\s+AND\\s+(?=\\S)|$)");

    private LogQuery() {}

    static Predicate<ObjectNode> parse(String query) throws ApiError {
        List<Predicate<ObjectNode>> terms = new ArrayList<>();
        Matcher term = TERM.matcher(query);
        int at = 0;
        while (at < query.length()) {
            term.region(at, query.length());
            if (!term.lookingAt() || !FIELDS.contains(term.group("field"))) {
                throw ApiError.badRequest("Failed to parse query", "invalid_query_string");
            }
            terms.add(predicate(term));
            at = term.end();
        }
        return entry -> terms.stream().allMatch(each -> each.test(entry));
    }

    private static Predicate<ObjectNode> predicate(Matcher term) {
        String field = term.group("field");
        Predicate<String> fits;
        if (term.group("quoted") != null) {
            fits = term.group("quoted")::equals;
        } else if (term.group("from") != null) {
            fits = above(term.group("from"), term.group("open").equals("["))
                    .and(below(term.group("to"), term.group("close").equals("]")));
        } else {
            fits = bare(term.group("bare"));
        }
        return entry -> entry.has(field) && fits.test(entry.path(field).asString(""));
    }

    private static Predicate<String> bare(String pattern) {
        return pattern.endsWith("*")
                ? value -> value.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern::equals;
    }

    private static Predicate<String> above(String bound, boolean inclusive) {
        return value -> bound.equals("*") || compare(value, bound) >= (inclusive ? 0 : 1);
    }

    private static Predicate<String> below(String bound, boolean inclusive) {
        return value -> bound.equals("*") || compare(value, bound) <= (inclusive ? 0 : -1);
    }

    /** As exactly as the bound is given: all of a day is within that day. */
    private static int compare(String value, String bound) {
        return Integer.signum(
                value.substring(0, Math.min(value.length(), bound.length())).compareTo(bound));
    }
}
