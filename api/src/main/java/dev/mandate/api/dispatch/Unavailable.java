package dev.mandate.api.dispatch;

import dev.mandate.api.problem.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** What a client is told when the log can't be written. */
final class Unavailable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private Unavailable() {}

    /** 503 {@code broker.unavailable}. */
    static ProblemException problem(String detail) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "broker.unavailable", "Service Unavailable", detail)
                .retryAfter(RETRY_AFTER);
    }
}
