package dev.mandate.worker.auth0;

import com.auth0.client.mgmt.types.ListLogsRequestParameters;
import com.auth0.client.mgmt.types.Log;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Auth0's own logs say of this worker's writes. They can't be searched by correlation id: that is none of the
 * fields that Auth0 documents as searchable. So the application's successful writes are read from a time on, in their
 * order, and picked over here.
 */
public final class TenantLogs {

    private static final List<String> READ_LOGS = List.of("read:logs");

    /** Auth0's code for an operation of the Management API that succeeded. */
    private static final String SUCCESS = "sapi";

    /** Auth0 shows no more than a thousand entries of a search. */
    private static final int MAX_PAGES = 1000 / Pages.SIZE;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final LookUps lookUps;

    TenantLogs(LookUps lookUps) {
        this.lookUps = lookUps;
    }

    /**
     * Looks for writes that carried a correlation id.
     *
     * @param scopes those that the write took, which say as which application it was made
     * @param since when it was made at the earliest, by Auth0's clock
     * @return those among the first thousand of the application's writes; that there are none says nothing
     * @throws Auth0Exception.Unavailable when it may go better later
     * @throws Auth0Exception.Refused when the log may not be read
     */
    public List<LoggedWrite> find(Tenant tenant, Collection<String> scopes, String correlationId, Instant since)
            throws Auth0Exception {
        Optional<String> application = tenant.credential(scopes).map(Credential::clientId);
        if (application.isEmpty()) {
            return List.of();
        }
        String clientId = application.get();
        String query = "type:%s AND client_id:\"%s\" AND date:[%s TO *]"
                .formatted(
                        SUCCESS,
                        clientId,
                        since.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""));
        List<LoggedWrite> found = new ArrayList<>();
        for (int page = 0; page < MAX_PAGES; page++) {
            List<Log> entries = page(tenant, query, page);
            entries.stream()
                    .filter(entry -> entry.getType().filter(SUCCESS::equals).isPresent())
                    .filter(entry ->
                            entry.getClientId().filter(clientId::equals).isPresent())
                    .filter(entry ->
                            correlationId.equals(at(entry.getAdditionalProperties(), "references", "correlation_id")))
                    .flatMap(entry -> write(entry).stream())
                    .forEach(found::add);
            if (entries.size() < Pages.SIZE) {
                break;
            }
        }
        return List.copyOf(found);
    }

    private List<Log> page(Tenant tenant, String query, int page) throws Auth0Exception {
        return lookUps.find(
                        tenant,
                        READ_LOGS,
                        (api, options) -> api.logs()
                                .list(
                                        ListLogsRequestParameters.builder()
                                                .search(query)
                                                .sort("date:1")
                                                .perPage(Pages.SIZE)
                                                .page(page)
                                                .build(),
                                        options)
                                .getItems())
                .orElse(List.of());
    }

    /** An entry that lacks anything of what it must say says nothing. */
    private static Optional<LoggedWrite> write(Log entry) {
        Object details = entry.getDetails().orElse(null);
        return entry.getLogId().filter(id -> ID.matcher(id).matches()).isPresent()
                        && at(details, "request", "method") instanceof String method
                        && at(details, "request", "path") instanceof String path
                        && at(details, "response", "statusCode") instanceof Integer status
                ? Optional.of(new LoggedWrite(entry.getLogId().get(), method, path, status, scopes(details)))
                : Optional.empty();
    }

    private static List<String> scopes(@Nullable Object details) {
        return at(details, "request", "auth", "credentials", "scopes") instanceof List<?> scopes
                ? scopes.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static @Nullable Object at(@Nullable Object tree, String... names) {
        Object found = tree;
        for (String name : names) {
            found = found instanceof Map<?, ?> members ? members.get(name) : null;
        }
        return found;
    }
}
