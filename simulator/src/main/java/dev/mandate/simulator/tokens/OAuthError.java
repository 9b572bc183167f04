package dev.mandate.simulator.tokens;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;

/** A refusal by the token endpoint, with Auth0's codes and texts. */
final class OAuthError extends Exception {

    private final int status;
    private final String error;
    private final String description;

    OAuthError(int status, String error, String description) {
        super(error);
        this.status = status;
        this.error = error;
        this.description = description;
    }

    static OAuthError missing(String parameter) {
        return new OAuthError(400, "invalid_request", "Missing required parameter: " + parameter);
    }

    static OAuthError unauthorized() {
        return new OAuthError(401, "access_denied", "Unauthorized");
    }

    int status() {
        return status;
    }

    String description() {
        return description;
    }

    Response response() {
        return Response.json(status, Json.object().put("error", error).put("error_description", description));
    }
}
