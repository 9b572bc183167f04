package dev.mandate.api.batch;

import dev.mandate.api.problem.ProblemException;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * What the client chose.
 *
 * @param onError what happens to the rest when a line is refused
 * @param dryRun whether lines are looked at only
 * @param firstLine the number of the first line that is sent: more than 1 for the rest of a batch that was stopped
 */
record BatchOptions(OnError onError, boolean dryRun, int firstLine) {

    /** What happens to the rest when a line is refused. */
    enum OnError {
        /** The rest is taken. */
        SKIP,
        /** The rest is not taken. */
        STOP
    }

    /**
     * Reads the query's parameters.
     *
     * @throws ProblemException 400 {@code request.invalid}
     */
    static BatchOptions of(Optional<String> onError, Optional<String> dryRun, Optional<String> firstLine) {
        return new BatchOptions(onError(onError.orElse("stop")), dryRun(dryRun.orElse("false")), firstLine(firstLine));
    }

    private static OnError onError(String value) {
        return switch (value) {
            case "skip" -> OnError.SKIP;
            case "stop" -> OnError.STOP;
            default -> throw invalid("on_error is skip or stop");
        };
    }

    private static boolean dryRun(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("dry_run is true or false");
        };
    }

    private static int firstLine(Optional<String> value) {
        try {
            int line = value.map(Integer::parseInt).orElse(1);
            if (line >= 1) {
                return line;
            }
        } catch (NumberFormatException e) {
            // falls through to the refusal below
        }
        throw invalid("first_line is a number from 1");
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "request.invalid", "Bad Request", detail);
    }
}
