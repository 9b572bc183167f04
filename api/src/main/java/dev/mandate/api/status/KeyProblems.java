package dev.mandate.api.status;

import dev.mandate.api.problem.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** What is wrong with an {@code Idempotency-Key}: 422, since the same request can't be answered otherwise later. */
public final class KeyProblems {

    private static final String TITLE = "Unprocessable Content";

    private KeyProblems() {}

    /** {@code idempotency.conflict}: it was used before, for something else. */
    public static ProblemException conflict() {
        return new ProblemException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency.conflict",
                TITLE,
                "This Idempotency-Key was used for another request");
    }

    /**
     * {@code idempotency.expired}: it was used so long ago that workers may have forgotten it, and would do it again.
     *
     * @param keyLife how long a key is taken for the same request
     */
    public static ProblemException expired(Duration keyLife) {
        return new ProblemException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency.expired",
                TITLE,
                "This Idempotency-Key was used more than " + keyLife.toMinutes()
                        + " minutes ago. To see what came of that, read it; to have it done again, use another key");
    }
}
