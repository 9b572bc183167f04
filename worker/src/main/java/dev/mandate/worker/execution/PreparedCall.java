package dev.mandate.worker.execution;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Operation;
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
 * @param content the body as it was signed, opened secrets aside; a macro's step has the body of the catalogue
 * @param correlationId the command's id, for what Auth0 keeps in its own log; writes only
 */
record PreparedCall(String method, URI uri, Optional<Content> content, Optional<String> correlationId) {

    /**
     * Prepares the call for what is to be performed next.
     *
     * @throws IllegalArgumentException when the address would not fit the action's template, or the body not its form
     */
    static PreparedCall of(Request request) {
        Operation operation = request.operation();
        ObjectNode arguments = operation.arguments();
        return of(
                request.tenant().managementApi(),
                operation.action(),
                request.secrets().isEmpty() ? arguments : SecretArguments.inTheClear(arguments, request.secrets()),
                request.action().isMacro()
                        ? written(arguments)
                        : VerbatimBody.of(request.received().payload(), request.secrets()),
                operation.action().reads()
                        ? Optional.empty()
                        : Optional.of(request.received().command().id().value()));
    }

    /** A body that nobody has signed as such: a macro's is the catalogue's. */
    private static Optional<byte[]> written(ObjectNode arguments) {
        JsonNode body = arguments.get(Action.BODY);
        return body == null ? Optional.empty() : Optional.of(StrictJson.write(body));
    }

    /**
     * Puts a call together, without any input or output.
     *
     * @param arguments with secrets in the clear
     * @param body the body's JSON, which goes out as it is
     * @throws IllegalArgumentException when the address would not fit the action's template, or the body not its form
     */
    static PreparedCall of(
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
