package dev.mandate.api.batch;

import dev.mandate.api.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What became of the lines of one request: the body of the answer to {@code POST /v1/batches}.
 *
 * @param id the batch's id, the {@code txn} of its commands; absent when there are none
 * @param lines how many lines were looked at; blank ones don't count
 * @param taken how many are commands in the log; after a dry run, how many would be
 * @param refused every line that was refused, by number
 * @param stopped why the rest was not taken, and where it begins; absent when there is no rest
 * @param links where to find the batch; empty as long as nothing of it was taken
 */
@JsonNaming(SnakeCaseStrategy.class)
record BatchReport(
        Optional<String> id,
        int lines,
        int taken,
        List<Refusal> refused,
        Optional<Stop> stopped,
        Map<String, String> links) {

    /** A line that was refused. */
    record Refusal(int line, Problem problem) {}

    /**
     * Why the rest was not taken.
     *
     * @param resumeAt the first line of which nothing is promised; to be sent again, as {@code first_line}, with all
     *     that come after it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Stop(int resumeAt, Problem problem) {}
}
