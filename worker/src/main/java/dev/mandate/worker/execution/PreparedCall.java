package dev.mandate.worker.execution;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.command.SecretArguments;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.worker.verification.Request;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to Auth0, complete but for its token.
 *
 * @param method the HTTP method
 * @param uri the address, held against the action's template
 * @param content the body as it was signed, opened secrets aside
 * @param correlationId the command's id, for what Auth0 keeps in its own log; writes only
 */
record PreparedCall(String method, URI uri, Optional<Content> content, Optional<String> correlationId) {

    /**
     * Prepares a command's call.
     *
     * @throws IllegalArgumentException when the address would not fit the action's template, or the body not its form
     */
    static PreparedCall of(Request request) {
        Action action = request.action();
        var command = request.received().command();
        ObjectNode arguments = command.context().arguments();
        return of(
                request.tenant().managementApi(),
                action,
                request.secrets().isEmpty() ? arguments : SecretArguments.inTheClear(arguments, request.secrets()),
                VerbatimBody.of(request.received().payload(), request.secrets()),
                action.reads() ? Optional.empty() : Optional.of(command.id().value()));
    }

    /**
     * The same for arguments that nobody has signed yet: what a call costs to make, without a command around it.
     *
     * @param arguments with secrets in the clear
     * @throws IllegalArgumentException when the address would not fit the action's template, or the body not its form
     */
    static PreparedCall of(URI managementApi, Action action, ObjectNode arguments) {
        JsonNode body = arguments.get(Action.BODY);
        return of(
                managementApi,
                action,
                arguments,
                body == null ? Optional.empty() : Optional.of(StrictJson.write(body)),
                Optional.empty());
    }

    private static PreparedCall of(
            URI managementApi,
            Action action,
            ObjectNode arguments,
            Optional<byte[]> body,
            Optional<String> correlationId) {
        return new PreparedCall(
                action.method(),
                RequestUri.of(managementApi, action, arguments),
                body.map(bytes -> Content.of(action, bytes)),
                correlationId);
    }

    /** Neither ids nor bodies. */
    @Override
    public String toString() {
        return method + " call";
    }
}
