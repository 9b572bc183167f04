package dev.mandate.simulator.people;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.operation.Fields;
import dev.mandate.simulator.operation.Page;
import dev.mandate.simulator.tenant.LogEntry;
import dev.mandate.simulator.tenant.TenantLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code logs.*} and {@code users.logs.list}: the tenant's log, as far as it can be read already. Pages by number begin
 * with the newest entry, unless {@code sort} is {@code date:1}; after a checkpoint, which is the id of an entry, come
 * the next ones in the order in which they were written.
 */
public final class LogOperations {

    private static final int DEFAULT_TAKE = 50;

    /** A stream in which nothing ever happens. */
    private static final Response EVENTS = new Response(
            200, Map.of("content-type", "text/event-stream"), ": no events\n\n".getBytes(StandardCharsets.UTF_8));

    private final TenantLog log;

    /** The operations of one tenant. */
    public LogOperations(TenantLog log) {
        this.log = log;
    }

    /** Behaviours by action. */
    public Map<String, Behaviour> byAction() {
        return Map.of(
                "logs.list", call -> list(call, log.readable()),
                "logs.get", this::get,
                "events.subscribe", _ -> EVENTS,
                "users.logs.list", call -> list(call, of(call.path("id"))));
    }

    private Response get(Call call) throws ApiError {
        return log.readable().stream()
                .filter(entry -> entry.logId().equals(call.path("id")))
                .findFirst()
                .map(entry -> Response.json(200, entry.document()))
                .orElseThrow(() -> ApiError.notFound("The log does not exist.", "inexistent_log"));
    }

    private List<LogEntry> of(String user) {
        return log.readable().stream()
                .filter(entry -> entry.authUser().filter(user::equals).isPresent() || entry.concerns(user))
                .toList();
    }

    private Response list(Call call, List<LogEntry> entries) throws ApiError {
        Optional<String> query =
                call.query().findNonEmpty("q").or(() -> call.query().findNonEmpty("search"));
        Predicate<ObjectNode> wanted = query.isPresent() ? LogQuery.parse(query.get()) : _ -> true;
        Optional<String> from = call.query().findNonEmpty("from");
        if (from.isPresent() || call.query().find("take").isPresent()) {
            return after(call, entries, from.orElse(""));
        }
        List<ObjectNode> found = new ArrayList<>(
                entries.stream().map(LogEntry::document).filter(wanted).toList());
        if (call.query().find("sort").filter("date:1"::equals).isEmpty()) {
            Collections.reverse(found);
        }
        return Page.byNumber(call, "logs", found.stream().map(Fields.of(call)).toList());
    }

    private static Response after(Call call, List<LogEntry> entries, String checkpoint) {
        int take = call.query().find("take").map(Integer::parseInt).orElse(DEFAULT_TAKE);
        ArrayNode page = Json.MAPPER.createArrayNode();
        entries.stream()
                .filter(entry -> entry.logId().compareTo(checkpoint) > 0)
                .limit(take)
                .forEach(entry -> page.add(entry.document()));
        return Response.json(200, page);
    }
}
