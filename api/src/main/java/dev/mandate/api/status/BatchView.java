package dev.mandate.api.status;

import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A batch as its requester sees it: the body of {@code GET /v1/batches/{id}}.
 *
 * @param id the {@code txn} of its commands
 * @param submittedFrom when its first command was appended
 * @param submittedUntil when its last command was appended, so far
 * @param deadline when the last of its commands may no longer be started
 * @param commands how many commands it has, so far
 * @param ended how many of them have an outcome
 * @param statuses how many stand where, by status; statuses that none has are absent
 * @param perSecond how many ended a second, in the last minute
 */
@JsonNaming(SnakeCaseStrategy.class)
record BatchView(
        String id,
        Instant submittedFrom,
        Instant submittedUntil,
        Instant deadline,
        long commands,
        long ended,
        Map<String, Long> statuses,
        double perSecond,
        Map<String, String> links) {}
