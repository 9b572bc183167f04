package dev.mandate.api.status;

import java.time.Duration;
import java.util.Optional;

/** Waiting for what becomes of commands. It rests on the log alone and goes on while the database is away. */
public interface OutcomeWaits {

    /**
     * Begins to watch a command. Opened before the command is sent, so that no outcome slips through.
     *
     * @param commandId the command's id ({@code jti})
     */
    Watch open(String commandId);

    /** One waiting client. Must be closed. */
    interface Watch extends AutoCloseable {

        /**
         * Waits for the outcome.
         *
         * @return the ended command as its requester sees it, result opened; empty when the time is over first, or when
         *     the instance is shutting down
         * @throws InterruptedException when the thread is interrupted
         */
        Optional<CommandView> ended(Duration atMost) throws InterruptedException;

        /** Stops watching. */
        @Override
        void close();
    }
}
