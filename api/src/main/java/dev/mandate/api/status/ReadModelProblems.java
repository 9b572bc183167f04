package dev.mandate.api.status;

import dev.mandate.api.problem.Problem;
import dev.mandate.api.projection.ReadModelUnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says 503 where the read model can't be asked. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ReadModelProblems {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModelProblems.class);
    private static final String RETRY_SECONDS = "2";

    @ExceptionHandler
    ResponseEntity<Problem> unavailable(ReadModelUnavailableException e, HttpServletResponse response) {
        if (response.isCommitted()) {
            throw e; // half an answer is broken off, so that nobody takes it for the whole
        }
        LOG.atDebug().setCause(e).log("Read model can't be asked");
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .body(Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        ReadModelUnavailableException.CODE,
                        "Service Unavailable",
                        "Commands can't be read at the moment; they are still accepted and carried out"));
    }
}
