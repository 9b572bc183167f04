package dev.mandate.api.intake;

import dev.mandate.api.problem.Problem.Violation;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a submission out of a request's body, and says where it is wrong. */
final class SubmissionReader {

    private static final Set<String> MEMBERS = Set.of("tenant", "action", "arguments", "reason");
    private static final int MAX_NAME = 100;
    private static final String UNKNOWN = "is not known here";

    private SubmissionReader() {}

    /**
     * Reads the body.
     *
     * @throws ProblemException 400 {@code request.malformed} when it is not JSON as everybody reads it, 400
     *     {@code request.invalid} when members are unknown, missing or mistyped
     */
    static Submission read(byte[] body) {
        ObjectNode tree = parse(body);
        var violations = new ArrayList<Violation>();
        tree.propertyNames().stream()
                .filter(name -> !MEMBERS.contains(name))
                .forEach(name -> violations.add(new Violation(pointer(name), UNKNOWN)));
        Optional<String> tenant = text(tree, "tenant", MAX_NAME, true, violations);
        Optional<String> action = text(tree, "action", MAX_NAME, true, violations);
        Optional<String> reason = text(tree, "reason", PlainText.MAX_REASON, false, violations);
        Optional<ObjectNode> arguments = object(tree, violations);
        if (!violations.isEmpty() || tenant.isEmpty() || action.isEmpty() || arguments.isEmpty()) {
            throw new ProblemException(
                            HttpStatus.BAD_REQUEST,
                            "request.invalid",
                            "Bad Request",
                            "The body must have the members tenant, action and arguments, may have reason, and no others")
                    .withErrors(violations);
        }
        return new Submission(tenant.get(), action.get(), arguments.get(), reason);
    }

    /**
     * Reads the body of a request that needs no more than a reason, and not even that.
     *
     * @throws ProblemException as above
     */
    static Optional<String> readReason(byte[] body) {
        if (body.length == 0) {
            return Optional.empty();
        }
        ObjectNode tree = parse(body);
        var violations = new ArrayList<Violation>();
        tree.propertyNames().stream()
                .filter(name -> !name.equals("reason"))
                .forEach(name -> violations.add(new Violation(pointer(name), UNKNOWN)));
        Optional<String> reason = text(tree, "reason", PlainText.MAX_REASON, false, violations);
        if (!violations.isEmpty()) {
            throw new ProblemException(
                            HttpStatus.BAD_REQUEST,
                            "request.invalid",
                            "Bad Request",
                            "The body may have the member reason, and no others")
                    .withErrors(violations);
        }
        return reason;
    }

    private static ObjectNode parse(byte[] body) {
        try {
            return StrictJson.parseObject(body);
        } catch (MalformedJsonException e) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST, "request.malformed", "Bad Request", String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> text(
            ObjectNode tree, String name, int maxLength, boolean required, List<Violation> violations) {
        JsonNode value = tree.get(name);
        if (value == null && !required) {
            return Optional.empty();
        }
        String text = value != null && value.isString() ? value.stringValue() : "";
        if (!PlainText.isReadable(text, maxLength)) {
            violations.add(new Violation(
                    pointer(name),
                    "must be a string of 1 to " + maxLength + " characters, without control or formatting characters"));
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private static Optional<ObjectNode> object(ObjectNode tree, List<Violation> violations) {
        if (tree.get("arguments") instanceof ObjectNode object) {
            return Optional.of(object);
        }
        violations.add(new Violation("/arguments", "must be an object"));
        return Optional.empty();
    }

    private static String pointer(String member) {
        String shown = member.length() > MAX_NAME ? member.substring(0, MAX_NAME) + "…" : member;
        return "/" + shown.replace("~", "~0").replace("/", "~1");
    }
}
