package dev.mandate.contracts.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The call to Auth0, without anything that was said in it; Auth0's code for a refusal aside.
 *
 * @param method the HTTP method
 * @param route the path template, not the path
 * @param status the HTTP status; absent when no answer came
 * @param scopes the scopes of the token that was used
 * @param wider scopes that the token had beyond those that were asked for
 * @param correlationId what Auth0's own log keeps of the call
 * @param errorCode Auth0's code for a refusal, such as {@code invalid_body}; never its text
 */
public record Upstream(
        @JsonProperty(value = "method", required = true) String method,
        @JsonProperty(value = "route", required = true) String route,
        @JsonProperty("status") Optional<Integer> status,
        @JsonProperty(value = "scopes", required = true) List<String> scopes,
        @JsonProperty(value = "wider", required = true) List<String> wider,

        @JsonProperty(value = "correlation_id", required = true)
        String correlationId,

        @JsonProperty("error_code") Optional<String> errorCode) {

    /** Copies the lists. */
    public Upstream {
        scopes = List.copyOf(scopes);
        wider = List.copyOf(wider);
    }
}
