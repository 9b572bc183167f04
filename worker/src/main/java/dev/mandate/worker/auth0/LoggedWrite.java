package dev.mandate.worker.auth0;

import java.util.List;

/**
 * A write that Auth0's own log shows to be done.
 *
 * @param logId the entry's id
 * @param method the HTTP method, as it is logged: in lower case
 * @param path the path, as it is logged
 * @param status the HTTP status
 * @param scopes of the token, if the log tells them
 */
public record LoggedWrite(String logId, String method, String path, int status, List<String> scopes) {

    /** Copies the list. */
    public LoggedWrite {
        scopes = List.copyOf(scopes);
    }
}
