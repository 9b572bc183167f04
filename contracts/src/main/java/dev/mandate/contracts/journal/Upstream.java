package dev.mandate.contracts.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The call to Auth0, without anything that was said in it; Auth0's code for a refusal aside.
 *
 * @param method the HTTP method
 * @param route the path template, not the path
 * @param status the HTTP status; absent when no answer came, unless Auth0's own log tells it
 * @param scopes the scopes of the token that was used
 * @param wider scopes that the token had beyond those that were asked for
 * @param correlationId what Auth0's own log keeps of the call
 * @param errorCode Auth0's code for a refusal, such as {@code invalid_body}; never its text
 * @param logId the entry in Auth0's own log by which it is known that the call was done, where its answer was lost
 */
public record Upstream(
        @JsonProperty(value = "method", required = true) String method,
        @JsonProperty(value = "route", required = true) String route,
        @JsonProperty("status") Optional<Integer> status,
        @JsonProperty(value = "scopes", required = true) List<String> scopes,
        @JsonProperty(value = "wider", required = true) List<String> wider,

        @JsonProperty(value = "correlation_id", required = true)
        String correlationId,

        @JsonProperty("error_code") Optional<String> errorCode,
        @JsonProperty("log_id") Optional<String> logId) {

    /** Copies the lists. Auth0's log is only ever referred to for what it shows to be done. */
    public Upstream {
        scopes = List.copyOf(scopes);
        wider = List.copyOf(wider);
        if (logId.isPresent() && status.filter(code -> code / 100 == 2).isEmpty()) {
            throw new IllegalArgumentException("What Auth0's log shows to be done has a status that says so");
        }
    }

    /** A call whose answer says how it ended, or of which nobody knows. */
    public Upstream(
            String method,
            String route,
            Optional<Integer> status,
            List<String> scopes,
            List<String> wider,
            String correlationId,
            Optional<String> errorCode) {
        this(method, route, status, scopes, wider, correlationId, errorCode, Optional.empty());
    }
}
