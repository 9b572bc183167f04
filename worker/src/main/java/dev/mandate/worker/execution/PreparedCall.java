package dev.mandate.worker.execution;

import dev.mandate.contracts.action.Action;
import dev.mandate.worker.verification.Request;
import java.net.URI;
import java.util.Optional;

/**
 * A request to Auth0, complete but for its token.
 *
 * @param method the HTTP method
 * @param uri the address, held against the action's template
 * @param body the body's bytes as they were signed, opened secrets aside
 * @param correlationId the command's id, for what Auth0 keeps in its own log; writes only
 */
record PreparedCall(String method, URI uri, Optional<byte[]> body, Optional<String> correlationId) {

    /**
     * Prepares a command's call.
     *
     * @throws IllegalArgumentException when the address would not fit the action's template
     */
    static PreparedCall of(Request request) {
        Action action = request.action();
        var command = request.received().command();
        return new PreparedCall(
                action.method(),
                RequestUri.of(
                        request.tenant().managementApi(),
                        action,
                        command.context().arguments()),
                VerbatimBody.of(request.received().payload(), request.secrets()),
                action.reads() ? Optional.empty() : Optional.of(command.id().value()));
    }

    /** Neither ids nor bodies. */
    @Override
    public String toString() {
        return method + " call";
    }
}
