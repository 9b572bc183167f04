package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.authorization.LiveAuthorization;
import dev.mandate.worker.authorization.Verdict;
import dev.mandate.worker.execution.Execution;
import dev.mandate.worker.limits.Closed;
import dev.mandate.worker.time.Countdown;
import dev.mandate.worker.verification.Problem;
import dev.mandate.worker.verification.Request;
import java.time.Duration;
import java.util.Optional;

/** Decides commands and gets ready what they need, all of it before anything is journaled as started. */
final class Decider {

    private final LiveAuthorization authorization;
    private final Execution execution;

    /** What came of it. */
    sealed interface Result {

        /** It may be done, and everything is ready. */
        record Ready(Authorization authorization, Countdown fresh) implements Result {}

        /** It will not be done. */
        record Over(OutcomeStatus status, Optional<Authorization> authorization, Problem problem) implements Result {}

        /** It can't be told now. */
        record Later(Optional<Duration> hint, Problem problem) implements Result {}
    }

    Decider(LiveAuthorization authorization, Execution execution) {
        this.authorization = authorization;
        this.execution = execution;
    }

    Result decide(Request request) {
        return switch (authorization.decide(request)) {
            case Verdict.Denied denied ->
                new Result.Over(
                        OutcomeStatus.DENIED,
                        Optional.of(denied.authorization()),
                        new Problem(denied.denial().code(), denied.denial().because()));
            case Verdict.Undecided undecided -> later(undecided.reason());
            case Verdict.Undecidable undecidable -> failed(Optional.empty(), undecidable.reason());
            case Verdict.Allowed allowed -> rehearse(request, allowed);
        };
    }

    private Result rehearse(Request request, Verdict.Allowed allowed) {
        Optional<Closed> closed = execution.closed(request);
        if (closed.isPresent()) {
            return new Result.Later(
                    Optional.of(closed.get().delay()),
                    new Problem(closed.get().code(), closed.get().because()));
        }
        try {
            execution.rehearse(request);
            return new Result.Ready(allowed.authorization(), allowed.fresh());
        } catch (Auth0Exception.Unavailable e) {
            return later(e);
        } catch (Auth0Exception e) {
            return failed(Optional.of(allowed.authorization()), e);
        } catch (IllegalArgumentException e) {
            return new Result.Over(
                    OutcomeStatus.DENIED,
                    Optional.of(allowed.authorization()),
                    new Problem("arguments.unsafe", "The arguments lead away from the action"));
        }
    }

    private static Result later(Auth0Exception.Unavailable reason) {
        return new Result.Later(reason.retryAfter(), new Problem(reason.code(), String.valueOf(reason.getMessage())));
    }

    private static Result failed(Optional<Authorization> authorization, Auth0Exception reason) {
        return new Result.Over(
                OutcomeStatus.FAILED, authorization, new Problem(reason.code(), String.valueOf(reason.getMessage())));
    }
}
