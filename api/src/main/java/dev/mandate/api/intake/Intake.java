package dev.mandate.api.intake;

import dev.mandate.api.dispatch.Dispatched;
import dev.mandate.api.dispatch.Dispatcher;
import dev.mandate.api.problem.Problem;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import dev.mandate.api.status.KeyProblems;
import dev.mandate.api.status.KnownRequests;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.policy.Decision;
import dev.mandate.contracts.policy.Denial;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/** From a submission to a command in the log. */
final class Intake {

    private final Assessor assessor;
    private final Drafter drafter;
    private final KnownRequests known;
    private final Dispatcher dispatcher;
    private final Duration keyLife;
    private final Clock clock;

    /** @param keyLife how long after its first use a key is taken for the same request */
    Intake(
            Assessor assessor,
            Drafter drafter,
            KnownRequests known,
            Dispatcher dispatcher,
            Duration keyLife,
            Clock clock) {
        this.keyLife = keyLife;
        this.clock = clock;
        this.assessor = assessor;
        this.drafter = drafter;
        this.known = known;
        this.dispatcher = dispatcher;
    }

    /** What would be decided. */
    Decision rehearse(Caller caller, Submission submission) {
        return assessor.assess(caller, submission).decision();
    }

    /** A command that is allowed, except for its place in the chain. */
    record Prepared(String commandId, Function<Chain, Command> draft) {}

    /**
     * Decides and drafts.
     *
     * @param known where to look for another request under the same key
     * @throws ProblemException 403 when the policy denies, 422 when the submission does not make sense or its key was
     *     used for another request, or too long ago, 503 {@code broker.unavailable}
     */
    Prepared prepare(Caller caller, String ip, Submission submission, Passage passage, KnownRequests known) {
        Assessor.Assessed assessed = allowed(caller, submission);
        Drafter.Draft draft = drafter.draft(caller, ip, assessed, passage);
        passage.key().ifPresent(value -> requireSameRequest(caller, submission, value, draft, known));
        int partitions = dispatcher.partitions(draft.topic());
        return new Prepared(draft.id().value(), drafter.command(caller, assessed, draft, partitions));
    }

    /** As above, with all that is known. */
    Prepared prepare(Caller caller, String ip, Submission submission, Passage passage) {
        return prepare(caller, ip, submission, passage, known);
    }

    /**
     * Brings a command into the log.
     *
     * @throws ProblemException 503 {@code broker.unavailable}
     */
    Dispatched send(Prepared prepared) {
        return dispatcher.dispatch(prepared.draft());
    }

    /**
     * Assesses a submission.
     *
     * @throws ProblemException 403 when the policy denies, 422 when the submission does not make sense
     */
    Assessor.Assessed allowed(Caller caller, Submission submission) {
        Assessor.Assessed assessed = assessor.assess(caller, submission);
        assessed.decision().denial().ifPresent(denial -> {
            throw forbidden(denial);
        });
        return assessed;
    }

    /** Requires the caller's token to live long enough for a command to be made with it now. */
    void requireLife(Caller caller) {
        drafter.requireLife(caller);
    }

    private void requireSameRequest(
            Caller caller, Submission submission, IdempotencyKey key, Drafter.Draft draft, KnownRequests known) {
        var scope = new KnownRequests.Scope(
                caller.issuer(),
                caller.subject(),
                caller.claims().clientId().orElse(""),
                caller.organization().orElse(""),
                submission.tenant());
        known.find(scope, key.value()).ifPresent(earlier -> {
            if (!earlier.requestHash().equals(draft.requestHash())) {
                throw KeyProblems.conflict();
            }
            if (earlier.at().plus(keyLife).isBefore(clock.instant())) {
                throw KeyProblems.expired(keyLife);
            }
        });
    }

    private static ProblemException forbidden(Denial denial) {
        return new ProblemException(Problem.of(HttpStatus.FORBIDDEN, denial.code(), "Forbidden", denial.because())
                .withBecause(List.of(denial.because())));
    }
}
