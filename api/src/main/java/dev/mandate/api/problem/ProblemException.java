package dev.mandate.api.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Ends a request with a problem document. It is an answer rather than a fault, so it carries no stack trace. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;
    private final @Nullable Duration retryAfter;

    /** Ends the request with this problem. */
    public ProblemException(Problem problem) {
        this(problem, null);
    }

    /** Ends the request with this problem; {@code detail} is shown to the client. */
    public ProblemException(HttpStatus status, String code, String title, String detail) {
        this(Problem.of(status, code, title, detail));
    }

    private ProblemException(Problem problem, @Nullable Duration retryAfter) {
        super(problem.code(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** The same, inviting the client to try again after this time. */
    public ProblemException retryAfter(Duration duration) {
        return new ProblemException(problem, duration);
    }

    /** The same, with what is wrong where in the request's body. */
    public ProblemException withErrors(List<Problem.Violation> violations) {
        return new ProblemException(problem.withErrors(violations), retryAfter);
    }

    /** What the client gets. */
    public Problem problem() {
        return problem;
    }

    /** When the client may try again. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
