package dev.mandate.worker.journal;

import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Upstream;
import java.time.Instant;
import java.util.Optional;

/**
 * How a command ended, before it is signed.
 *
 * @param status how
 * @param at when
 * @param attempt the last attempt's number; 0 when it was never started
 * @param authorization the decision, if it came to one
 * @param upstream the call to Auth0, if one was made
 * @param sealedResult Auth0's answer, sealed to the intake
 * @param error why it did not succeed
 */
public record Ending(
        OutcomeStatus status,
        Instant at,
        int attempt,
        Optional<Authorization> authorization,
        Optional<Upstream> upstream,
        Optional<String> sealedResult,
        Optional<OutcomeError> error) {

    /** The same without Auth0's answer. */
    public Ending withoutResult() {
        return new Ending(status, at, attempt, authorization, upstream, Optional.empty(), error);
    }

    /** The same without the decision and the facts that it rests on. */
    public Ending withoutAuthorization() {
        return new Ending(status, at, attempt, Optional.empty(), upstream, sealedResult, error);
    }
}
