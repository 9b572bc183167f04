package dev.mandate.worker.auth0;

import java.time.Instant;
import java.util.List;

/**
 * A token for the Management API.
 *
 * @param value the token itself, a secret
 * @param scopes what it was given for, sorted
 * @param wider scopes beyond those that were asked for, sorted
 * @param renewAt when to get a new one
 */
public record ManagementToken(String value, List<String> scopes, List<String> wider, Instant renewAt) {

    /** Copies the lists. */
    public ManagementToken {
        scopes = List.copyOf(scopes);
        wider = List.copyOf(wider);
    }

    @Override
    public String toString() {
        return "Management token for " + scopes;
    }
}
