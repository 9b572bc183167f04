package dev.mandate.api.problem;

import org.springframework.http.HttpStatus;

/** The problems that HTTP itself knows. */
final class StandardProblems {

    private StandardProblems() {}

    static Problem of(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> problem(status, "request.not_found", "There is nothing here");
            case METHOD_NOT_ALLOWED -> problem(status, "request.method", "This method is not offered here");
            case NOT_ACCEPTABLE -> problem(status, "request.accept", "None of the accepted media types is offered");
            case UNSUPPORTED_MEDIA_TYPE ->
                problem(
                        status,
                        "request.content_type",
                        "The body must be application/json; of a batch, application/x-ndjson");
            case CONTENT_TOO_LARGE -> problem(status, "request.too_large", "The body is too large");
            default ->
                status.is4xxClientError()
                        ? problem(status, "request.invalid", "The request is not understood")
                        : problem(status, "internal", "Something went wrong on our side");
        };
    }

    private static Problem problem(HttpStatus status, String code, String detail) {
        return Problem.of(status, code, status.getReasonPhrase(), detail);
    }
}
