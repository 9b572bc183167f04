package dev.mandate.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A problem document (RFC 9457).
 *
 * @param type a URI that names the kind of problem; it ends with the code
 * @param title the kind of problem in a few words
 * @param status the HTTP status
 * @param code the stable code that programs look at
 * @param detail what is wrong this time, in a sentence
 * @param errors what is wrong where, if the request's body is at fault
 * @param because the reasons of the rules that denied it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        List<Violation> errors,
        List<String> because) {

    private static final String TYPES = "https://mandate.dev/problem/";

    /**
     * One thing that is wrong with a request's body.
     *
     * @param pointer a JSON pointer (RFC 6901) into the body
     * @param message what is expected there
     */
    public record Violation(String pointer, String message) {}

    /** A problem without further members. */
    public static Problem of(HttpStatus status, String code, String title, String detail) {
        return new Problem(TYPES + code, title, status.value(), code, detail, List.of(), List.of());
    }

    /** The same problem, with what is wrong where. */
    public Problem withErrors(List<Violation> violations) {
        return new Problem(type, title, status, code, detail, List.copyOf(violations), because);
    }

    /** The same problem, with the reasons behind it. */
    public Problem withBecause(List<String> reasons) {
        return new Problem(type, title, status, code, detail, errors, List.copyOf(reasons));
    }

    /** The answer's beginning: status, and content type {@code application/problem+json}. */
    ResponseEntity.BodyBuilder response() {
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }
}
