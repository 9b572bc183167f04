package dev.mandate.worker.execution;

import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Upstream;
import java.time.Duration;
import java.util.Optional;

/** What came of one attempt. */
public sealed interface AttemptResult {

    /** Statuses of answers. */
    int BAD_GATEWAY = 502;

    int GATEWAY_TIMEOUT = 504;

    /**
     * Whether Auth0 may still be at it: the connection broke off, or a gateway gave up waiting, and nobody has heard
     * the end of it (RFC 9110 §15.6.3 and §15.6.5).
     */
    default boolean mayGoOn() {
        return switch (this) {
            case Ended ended -> ended.status() == OutcomeStatus.UNKNOWN && isUnheard(ended.upstream());
            case Again again -> again.inDoubt() && isUnheard(again.upstream());
            case Withheld _ -> false;
        };
    }

    private static boolean isUnheard(Optional<Upstream> call) {
        return call.flatMap(Upstream::status)
                .filter(status -> status != BAD_GATEWAY && status != GATEWAY_TIMEOUT)
                .isEmpty();
    }

    /**
     * The command has ended.
     *
     * @param sealedResult Auth0's answer, sealed to the intake
     */
    record Ended(
            OutcomeStatus status,
            Optional<Upstream> upstream,
            Optional<String> sealedResult,
            Optional<OutcomeError> error)
            implements AttemptResult {

        private static final int ACCEPTED = 202;

        /** It was done, as is known without its answer. */
        public static Ended proven(Upstream call) {
            boolean accepted =
                    call.status().filter(status -> status == ACCEPTED).isPresent();
            return new Ended(
                    accepted ? OutcomeStatus.ACCEPTED_UPSTREAM : OutcomeStatus.SUCCEEDED,
                    Optional.of(call),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** It was not sent, since it was no longer to begin. */
    record Withheld() implements AttemptResult {}

    /**
     * Another attempt is right.
     *
     * @param delay how long to wait before it
     * @param sent whether a request left for Auth0
     * @param inDoubt whether this one may have done it
     * @param error what to say if there is no time left for another
     */
    record Again(Duration delay, boolean sent, boolean inDoubt, Optional<Upstream> upstream, OutcomeError error)
            implements AttemptResult {}
}
