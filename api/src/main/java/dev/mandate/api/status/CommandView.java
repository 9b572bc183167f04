package dev.mandate.api.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A command as it is shown to somebody who may see it: the body of {@code GET /v1/commands/{id}}.
 *
 * @param id the command's id
 * @param status {@code accepted}, {@code started}, or the outcome
 * @param reason why the requester asked for it
 * @param txn groups the commands of one batch
 * @param payloadHash the hash of the signed command
 * @param log where the command stands in the log
 * @param attempt how many attempts were begun; of a macro, at the last of its steps that was begun, and while it runs
 *     the most at any of them
 * @param decision the latest decision: the worker's, or the intake's as long as there is none
 * @param upstream what Auth0 answered, in short
 * @param error why it did not succeed
 * @param resultState says of an answer that exists whether it is {@code opened} here, {@code sealed} to its requester,
 *     or {@code unreadable} because its key is gone, or it was not sealed for who asks
 * @param result Auth0's answer, for its requester alone
 * @param steps how the steps of a macro ended, once it has
 * @param notice what whoever asked should know of what was done
 * @param resolution what a person said became of it, where the outcome is {@code unknown}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CommandView(
        String id,
        String status,
        String tenant,
        String action,
        TargetView target,
        String lane,
        Optional<String> reason,
        RequesterView requester,
        Optional<String> clientId,
        String txn,
        Instant submittedAt,
        Instant deadline,
        Optional<Instant> startedAt,
        Optional<Integer> attempt,
        Optional<Instant> endedAt,
        String payloadHash,
        PlaceView log,
        DecisionView decision,
        Optional<UpstreamView> upstream,
        Optional<ErrorView> error,
        Optional<String> resultState,
        Optional<JsonNode> result,
        Optional<List<StepView>> steps,
        Optional<String> notice,
        Optional<ResolutionView> resolution,
        Map<String, String> links) {

    /** What the command acts on. */
    public record TargetView(String type, String id) {}

    /** Who asked for it. */
    public record RequesterView(String issuer, String subject, Optional<String> organization) {}

    /** A record's place in the log. */
    public record PlaceView(String topic, int partition, long offset) {}

    /** A decision and the rules behind it, without the facts, which may be about others. */
    public record DecisionView(String decision, List<String> rules) {}

    /**
     * The HTTP status with which Auth0 answered, and the operation's path template.
     *
     * @param logId the entry in Auth0's own log that tells the status, where the answer was lost
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record UpstreamView(Optional<Integer> status, String method, String route, Optional<String> logId) {}

    /**
     * A step of a macro.
     *
     * @param status {@code succeeded}, {@code accepted_upstream}, {@code failed}, {@code unknown} or {@code not_done}
     * @param attempt how many attempts were begun
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record StepView(
            String action,
            String status,
            int attempt,
            Optional<UpstreamView> upstream,
            Optional<ErrorView> error,
            Optional<String> resultState,
            Optional<JsonNode> result) {}

    /**
     * A person's word.
     *
     * @param resolution {@code done} or {@code not_done}
     * @param by who says so
     */
    public record ResolutionView(String resolution, String reason, RequesterView by, Instant at) {}

    /** A stable code and a sentence for the requester. */
    public record ErrorView(String code, String message) {}
}
