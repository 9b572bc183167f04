package dev.mandate.api.status;

import dev.mandate.api.security.Caller;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.SqlParameterValue;

/**
 * A search as SQL. Only fixed text goes into the statement; what clients say are parameters.
 *
 * @param sql the statement
 * @param parameters by name
 */
record SearchQuery(String sql, Map<String, Object> parameters) {

    private static final String OWN =
            "issuer = :caller_issuer and subject = :caller_subject and organization is not distinct from :caller_organization";

    /**
     * The commands that fit the filter and that the caller may see, newest first.
     *
     * @param after only what comes after this place
     * @param limit how many at most
     */
    static SearchQuery of(
            CommandFilter filter, Caller caller, Visibility visibility, Optional<SearchCursor.Place> after, int limit) {
        var conditions = new ArrayList<String>();
        var parameters = new HashMap<String, Object>();
        conditions.add("appended_at is not null");
        conditions.add(visible(caller, visibility, parameters));
        filter.status().ifPresent(status -> conditions.add(status(status, parameters)));
        equal("requester", "subject", filter.requester(), conditions, parameters);
        equal("tenant", "tenant", filter.tenant(), conditions, parameters);
        equal("action", "action", filter.action(), conditions, parameters);
        equal("target_type", "target_type", filter.targetType(), conditions, parameters);
        equal("target", "target_id", filter.target(), conditions, parameters);
        filter.since().ifPresent(time -> {
            conditions.add("appended_at >= :since");
            parameters.put("since", time.atOffset(ZoneOffset.UTC));
        });
        filter.until().ifPresent(time -> {
            conditions.add("appended_at < :until");
            parameters.put("until", time.atOffset(ZoneOffset.UTC));
        });
        after.ifPresent(place -> {
            conditions.add("(appended_at, id) < (:after_at, :after_id)");
            parameters.put("after_at", place.at().atOffset(ZoneOffset.UTC));
            parameters.put("after_id", place.id());
        });
        parameters.put("limit", limit);
        return new SearchQuery(
                "select * from command where " + String.join(" and ", conditions)
                        + " order by appended_at desc, id desc limit :limit",
                Map.copyOf(parameters));
    }

    private static String visible(Caller caller, Visibility visibility, Map<String, Object> parameters) {
        parameters.put("caller_issuer", caller.issuer());
        parameters.put("caller_subject", caller.subject());
        parameters.put(
                "caller_organization",
                new SqlParameterValue(Types.VARCHAR, caller.organization().orElse(null)));
        List<String> tenants = visibility.tenants(caller);
        if (!visibility.readsOthers(caller) || tenants.isEmpty()) {
            return OWN;
        }
        parameters.put("tenants", tenants);
        String others = caller.organization().isPresent()
                ? "tenant in (:tenants) and organization = :caller_organization"
                : "tenant in (:tenants)";
        return "((" + OWN + ") or (" + others + "))";
    }

    private static String status(String status, Map<String, Object> parameters) {
        return switch (status) {
            case "accepted" -> "outcome is null and started_at is null";
            case "started" -> "outcome is null and started_at is not null";
            default -> {
                parameters.put("status", status);
                yield "outcome = :status";
            }
        };
    }

    private static void equal(
            String name,
            String column,
            Optional<String> value,
            List<String> conditions,
            Map<String, Object> parameters) {
        value.ifPresent(text -> {
            conditions.add(column + " = :" + name);
            parameters.put(name, text);
        });
    }
}
