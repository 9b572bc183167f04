package dev.mandate.api.problem;

import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever a controller throws into a problem document. */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ResponseEntity<Problem> problem(ProblemException e) {
        var response = e.problem().response();
        e.retryAfter()
                .ifPresent(after ->
                        response.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, after.toSeconds()))));
        return response.body(e.problem());
    }

    @ExceptionHandler
    ResponseEntity<Problem> unexpected(Exception e) throws Exception {
        if (e instanceof AuthenticationException || e instanceof AccessDeniedException) {
            throw e; // Spring Security's filters answer these
        }
        if (e instanceof ClientAbortException) {
            throw e; // nobody is there to be answered, and nothing went wrong
        }
        LOG.atError().setCause(e).addKeyValue("errorCode", "internal").log("Request failed unexpectedly");
        Problem problem = StandardProblems.of(HttpStatus.INTERNAL_SERVER_ERROR);
        return problem.response().body(problem);
    }

    /** Spring's own exceptions: wrong method, media type and the like. Its texts are replaced by ours. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Problem problem = StandardProblems.of(HttpStatus.valueOf(status.value()));
        return problem.response().headers(headers).body(problem);
    }
}
