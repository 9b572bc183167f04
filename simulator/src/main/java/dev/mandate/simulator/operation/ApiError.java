package dev.mandate.simulator.operation;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A refusal by the Management API, with Auth0's status, text and code. */
public final class ApiError extends Exception {

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

    /** 400, with a code of its own. */
    public static ApiError badRequest(String text, String code) {
        return new ApiError(400, "Bad Request", text, Optional.of(code));
    }

    /** 400: the body is not what the operation wants. */
    public static ApiError invalidBody(String why) {
        return badRequest("Payload validation error: '" + why + "'.", "invalid_body");
    }

    /** 400: the query is not what the operation wants. */
    public static ApiError invalidQuery(String why) {
        return badRequest("Query validation error: '" + why + "'.", "invalid_query_string");
    }

    /** 401. */
    public static ApiError unauthorized(String text) {
        return new ApiError(401, "Unauthorized", text, Optional.empty());
    }

    /** 403, naming the scopes that were expected. */
    public static ApiError insufficientScope(Iterable<String> expected) {
        String text = "Insufficient scope, expected any of: " + String.join(",", expected);
        return new ApiError(403, "Forbidden", text, Optional.of("insufficient_scope"));
    }

    /** 404, with a code of its own. */
    public static ApiError notFound(String text, String code) {
        return new ApiError(404, "Not Found", text, Optional.of(code));
    }

    /** 404: nobody has this id. */
    public static ApiError noSuchUser() {
        return notFound("The user does not exist.", "inexistent_user");
    }

    /** 404: no operation has this method and path. */
    public static ApiError noSuchEndpoint() {
        return new ApiError(404, "Not Found", "Not Found", Optional.empty());
    }

    /** 409, with a code of its own. */
    public static ApiError conflict(String text, String code) {
        return new ApiError(409, "Conflict", text, Optional.of(code));
    }

    /** The answer that says so. */
    public Response response() {
        ObjectNode body =
                Json.object().put("statusCode", status).put("error", reason).put("message", text);
        code.ifPresent(value -> body.put("errorCode", value));
        return Response.json(status, body);
    }
}
