package dev.mandate.simulator.tenant;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Request;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of the tenant's log, reduced to what tells who did what.
 *
 * @param logId its id; later entries have greater ids
 * @param date when
 * @param type Auth0's event code: {@code sapi} and {@code fapi} for Management API writes that succeeded or failed,
 *     {@code seccft}, {@code feccft}, {@code sepft}, {@code fepft} for exchanges of client credentials and passwords
 * @param description what was done, such as {@code Update a User}; for the Management API the action's name
 * @param clientId the application
 * @param authUser who acted through it; always empty for machine-to-machine calls
 * @param method the request's method, which Auth0's log has in lower case
 * @param path the request's path
 * @param scopes scopes of the token that was presented
 * @param status the status that was decided, whether or not the answer arrived
 * @param correlationId {@code references.correlation_id}: the first 64 characters of {@code X-Correlation-ID}
 */
public record LogEntry(
        String logId,
        Instant date,
        String type,
        String description,
        String clientId,
        Optional<String> authUser,
        String method,
        String path,
        List<String> scopes,
        int status,
        Optional<String> correlationId) {

    /** The members that Auth0's log has, under its names. */
    public ObjectNode document() {
        ObjectNode described = Json.object()
                .put("log_id", logId())
                .put("date", date().toString())
                .put("type", type())
                .put("description", description())
                .put("client_id", clientId());
        ObjectNode request = described.putObject("details").putObject("request");
        request.put("method", method().toLowerCase(Locale.ROOT)).put("path", path());
        ObjectNode auth = request.putObject("auth");
        ObjectNode user = auth.putObject("user");
        authUser().ifPresent(id -> user.put("user_id", id));
        auth.putObject("credentials").set("scopes", Json.MAPPER.valueToTree(scopes()));
        described.withObjectProperty("details").putObject("response").put("statusCode", status());
        ObjectNode references = described.putObject("references");
        correlationId().ifPresent(id -> references.put("correlation_id", id));
        return described;
    }

    /** Whether it is about a request for one person. */
    public boolean concerns(String userId) {
        String own = "/api/v2/users/" + userId;
        String decoded = Request.decoded(path);
        return decoded.equals(own) || decoded.startsWith(own + "/");
    }
}
