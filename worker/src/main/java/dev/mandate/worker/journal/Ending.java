package dev.mandate.worker.journal;

import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.Upstream;
import java.time.Instant;
import java.util.List;
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
 * @param steps a line for each step, if it is a macro of which something was begun
 * @param notice what whoever asked should know of what was done
 * @param cancellation the payload hash of what called it off
 */
public record Ending(
        OutcomeStatus status,
        Instant at,
        int attempt,
        Optional<Authorization> authorization,
        Optional<Upstream> upstream,
        Optional<String> sealedResult,
        Optional<OutcomeError> error,
        Optional<List<StepOutcome>> steps,
        Optional<String> notice,
        Optional<String> cancellation) {

    /** The same without Auth0's answers. */
    public Ending withoutResult() {
        return new Ending(
                status,
                at,
                attempt,
                authorization,
                upstream,
                Optional.empty(),
                error,
                steps.map(
                        lines -> lines.stream().map(StepOutcome::withoutResult).toList()),
                notice,
                cancellation);
    }

    /** The same without the decision and the facts that it rests on. */
    public Ending withoutAuthorization() {
        return new Ending(
                status, at, attempt, Optional.empty(), upstream, sealedResult, error, steps, notice, cancellation);
    }
}
