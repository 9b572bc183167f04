package dev.mandate.api.intake;

import dev.mandate.api.dispatch.Dispatched;
import dev.mandate.api.dispatch.Dispatcher;
import dev.mandate.api.problem.Problem;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import dev.mandate.api.status.KnownRequests;
import dev.mandate.contracts.policy.Decision;
import dev.mandate.contracts.policy.Denial;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/** From a submission to a command in the log. */
final class Intake {

    private final Assessor assessor;
    private final Drafter drafter;
    private final KnownRequests known;
    private final Dispatcher dispatcher;

    Intake(Assessor assessor, Drafter drafter, KnownRequests known, Dispatcher dispatcher) {
        this.assessor = assessor;
        this.drafter = drafter;
        this.known = known;
        this.dispatcher = dispatcher;
    }

    /** What would be decided. */
    Decision rehearse(Caller caller, Submission submission) {
        return assessor.assess(caller, submission).decision();
    }

    /** A command that is allowed, and how to send it. */
    record Prepared(String commandId, Supplier<Dispatched> send) {}

    /**
     * Decides and drafts.
     *
     * @throws ProblemException 403 when the policy denies, 422 when the submission does not make sense or its key was
     *     used for another request
     */
    Prepared prepare(Caller caller, String ip, Submission submission, Optional<IdempotencyKey> key) {
        Assessor.Assessed assessed = assessor.assess(caller, submission);
        assessed.decision().denial().ifPresent(denial -> {
            throw forbidden(denial);
        });
        Drafter.Draft draft = drafter.draft(caller, ip, assessed, key);
        key.ifPresent(value -> requireSameRequest(caller, submission, value, draft));
        Function<Integer, Dispatched> send =
                partitions -> dispatcher.dispatch(drafter.command(caller, assessed, draft, partitions));
        return new Prepared(draft.id().value(), () -> send.apply(dispatcher.partitions(draft.topic())));
    }

    private void requireSameRequest(Caller caller, Submission submission, IdempotencyKey key, Drafter.Draft draft) {
        var scope = new KnownRequests.Scope(
                caller.issuer(),
                caller.subject(),
                caller.claims().clientId().orElse(""),
                caller.organization().orElse(""),
                submission.tenant());
        known.find(scope, key.value())
                .filter(earlier -> !earlier.requestHash().equals(draft.requestHash()))
                .ifPresent(earlier -> {
                    throw new ProblemException(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "idempotency.conflict",
                            "Unprocessable Content",
                            "This Idempotency-Key was used for another request");
                });
    }

    private static ProblemException forbidden(Denial denial) {
        return new ProblemException(Problem.of(HttpStatus.FORBIDDEN, denial.code(), "Forbidden", denial.because())
                .withBecause(List.of(denial.because())));
    }
}
