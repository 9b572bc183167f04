package dev.mandate.api.intake;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.problem.Problem.Violation;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.policy.Decision;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.contracts.policy.Facts;
import dev.mandate.contracts.policy.TargetFacts;
import java.util.List;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.ObjectNode;

/** Checks a submission against the catalogue and asks the policy, with the facts that a token gives. */
final class Assessor {

    private final Catalogue catalogue;
    private final DefaultPolicy policy;
    private final MandateProperties properties;

    Assessor(Catalogue catalogue, DefaultPolicy policy, MandateProperties properties) {
        this.catalogue = catalogue;
        this.policy = policy;
        this.properties = properties;
    }

    /** A submission that makes sense, and what the policy says of it. */
    record Assessed(Action action, Submission submission, Decision decision) {}

    /**
     * Assesses a submission.
     *
     * @throws ProblemException 422 {@code action.unknown} or {@code arguments.invalid}
     */
    Assessed assess(Caller caller, Submission submission) {
        Action action = catalogue
                .find(submission.action())
                .orElseThrow(() -> unprocessable("action.unknown", "There is no such action")
                        .withErrors(List.of(new Violation("/action", "must be the name of one of GET /v1/actions"))));
        List<Violation> violations = catalogue.validate(action, submission.arguments()).stream()
                .map(problem -> new Violation("/arguments" + problem.pointer(), problem.message()))
                .toList();
        if (!violations.isEmpty()) {
            throw unprocessable("arguments.invalid", "The arguments are not those of " + action.name())
                    .withErrors(violations);
        }
        Facts facts = facts(caller, submission.tenant(), action, submission.arguments());
        return new Assessed(action, submission, policy.decide(action, submission.arguments(), facts));
    }

    private Facts facts(Caller caller, String alias, Action action, ObjectNode arguments) {
        return new Facts(
                caller.facts(),
                properties.tenantFacts(alias),
                action.targets(arguments).stream().map(TargetFacts::unknown).toList());
    }

    private static ProblemException unprocessable(String code, String detail) {
        return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, code, "Unprocessable Content", detail);
    }
}
