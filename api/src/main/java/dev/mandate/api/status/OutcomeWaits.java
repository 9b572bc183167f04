package dev.mandate.api.status;

import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.api.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;

/** Waiting for what becomes of commands. It rests on the log alone and goes on while the database is away. */
public interface OutcomeWaits {

    /**
     * Begins to watch a command. Opened before the command is sent, so that no outcome slips through.
     *
     * @param commandId the command's id ({@code jti})
     * @param requester whom the outcome will be shown to
     */
    Watch open(String commandId, Owner requester);

    /** One waiting client. Must be closed. */
    interface Watch extends AutoCloseable {

        /**
         * Waits for the outcome.
         *
         * @param payloadHash of the record that was sent. Another one may have the same id, if both have the same
         *     {@code Idempotency-Key}: then it must be known that this one repeats it
         * @return the ended command as its requester sees it, result opened; empty when the time is over first, or when
         *     the instance is shutting down
         * @throws ProblemException 422 {@code idempotency.conflict} when the other one asked for something else
         * @throws InterruptedException when the thread is interrupted
         */
        Optional<CommandView> ended(Duration atMost, String payloadHash) throws InterruptedException;

        /** Stops watching. */
        @Override
        void close();
    }
}
