package dev.mandate.api.status;

import java.util.Optional;

/** What the read model knows of commands, asked before a repeated request is accepted again. */
public interface KnownRequests {

    /**
     * The {@code request_hash} of a command.
     *
     * @param commandId the command's id ({@code jti})
     * @return empty when the command is not known, or not yet, or the database is away: never an exception, since
     *     intake goes on without the database and the worker notices conflicts as well
     */
    Optional<String> requestHash(String commandId);
}
