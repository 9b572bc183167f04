package dev.mandate.simulator.management;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A refusal by the Management API, with Auth0's status, text and code. */
final class ApiError extends Exception {

    private final int status;
    private final String reason;
    private final String text;
    private final Optional<String> code;

    private ApiError(int status, String reason, String text, Optional<String> code) {
        super(reason);
        this.status = status;
        this.reason = reason;
        this.text = text;
        this.code = code;
    }

    static ApiError badRequest(String text, String code) {
        return new ApiError(400, "Bad Request", text, Optional.of(code));
    }

    static ApiError invalidBody(String why) {
        return badRequest("Payload validation error: '" + why + "'.", "invalid_body");
    }

    static ApiError invalidQuery(String why) {
        return badRequest("Query validation error: '" + why + "'.", "invalid_query_string");
    }

    static ApiError unauthorized(String text) {
        return new ApiError(401, "Unauthorized", text, Optional.empty());
    }

    static ApiError insufficientScope(Iterable<String> expected) {
        String text = "Insufficient scope, expected any of: " + String.join(",", expected);
        return new ApiError(403, "Forbidden", text, Optional.of("insufficient_scope"));
    }

    static ApiError notFound(String text, String code) {
        return new ApiError(404, "Not Found", text, Optional.of(code));
    }

    static ApiError noSuchUser() {
        return notFound("The user does not exist.", "inexistent_user");
    }

    static ApiError noSuchEndpoint() {
        return new ApiError(404, "Not Found", "Not Found", Optional.empty());
    }

    static ApiError conflict(String text, String code) {
        return new ApiError(409, "Conflict", text, Optional.of(code));
    }

    static ApiError notSimulated(String action) {
        return new ApiError(501, "Not Implemented", "The simulator does not perform " + action, Optional.empty());
    }

    Response response() {
        ObjectNode body =
                Json.object().put("statusCode", status).put("error", reason).put("message", text);
        code.ifPresent(value -> body.put("errorCode", value));
        return Response.json(status, body);
    }
}
