package dev.mandate.api.resolution;

import dev.mandate.api.intake.PlainText;
import dev.mandate.api.problem.Problem.Violation;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.resolution.Verdict;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of {@code POST /v1/commands/{id}/resolution}.
 *
 * @param verdict what the caller found out
 * @param reason how they know
 */
record ResolutionRequest(Verdict verdict, String reason) {

    private static final String VERDICT = "resolution";
    private static final String REASON = "reason";
    private static final Set<String> MEMBERS = Set.of(VERDICT, REASON);

    /**
     * Reads the body.
     *
     * @throws ProblemException 400 {@code request.malformed} when it is not JSON as everybody reads it, 400
     *     {@code request.invalid} when members are unknown, missing or mistyped
     */
    static ResolutionRequest read(byte[] body) {
        ObjectNode tree;
        try {
            tree = StrictJson.parseObject(body);
        } catch (MalformedJsonException e) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST, "request.malformed", "Bad Request", String.valueOf(e.getMessage()));
        }
        var violations = new ArrayList<Violation>();
        if (!MEMBERS.containsAll(tree.propertyNames())) {
            violations.add(new Violation("", "has members that are not known here"));
        }
        Optional<Verdict> verdict = verdict(tree.get(VERDICT));
        if (verdict.isEmpty()) {
            violations.add(new Violation("/" + VERDICT, "must be \"done\" or \"not_done\""));
        }
        String reason = tree.path(REASON).asString("");
        if (!tree.path(REASON).isString() || !PlainText.isReadable(reason, PlainText.MAX_REASON)) {
            violations.add(new Violation(
                    "/" + REASON,
                    "must be a string of 1 to " + PlainText.MAX_REASON
                            + " characters, without control or formatting characters"));
        }
        if (!violations.isEmpty() || verdict.isEmpty()) {
            throw new ProblemException(
                            HttpStatus.BAD_REQUEST,
                            "request.invalid",
                            "Bad Request",
                            "The body must have the members resolution and reason, and no others")
                    .withErrors(violations);
        }
        return new ResolutionRequest(verdict.get(), reason);
    }

    private static Optional<Verdict> verdict(JsonNode value) {
        return switch (value == null || !value.isString() ? "" : value.stringValue()) {
            case "done" -> Optional.of(Verdict.DONE);
            case "not_done" -> Optional.of(Verdict.NOT_DONE);
            default -> Optional.empty();
        };
    }
}
