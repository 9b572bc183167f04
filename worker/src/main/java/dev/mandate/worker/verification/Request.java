package dev.mandate.worker.verification;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Operation;
import dev.mandate.contracts.command.AccessTokenClaims;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.worker.auth0.Tenant;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;

/**
 * A command that is genuine and right in itself, ready to be decided.
 *
 * @param received the command
 * @param token what the requester's own token says
 * @param tenant where it is to be done
 * @param action what is to be done
 * @param secrets the JSON of its secret arguments, by place, in the clear
 * @param operations what it comes down to: a macro's steps, or the action itself
 * @param step which of them is to be performed next, from 0
 */
public record Request(
        ReceivedCommand received,
        AccessTokenClaims token,
        Tenant tenant,
        Action action,
        Map<JsonPointer, byte[]> secrets,
        List<Operation> operations,
        int step) {

    /** Copies the list. */
    public Request {
        operations = List.copyOf(operations);
    }

    /** A command that is one plain operation. */
    public Request(
            ReceivedCommand received,
            AccessTokenClaims token,
            Tenant tenant,
            Action action,
            Map<JsonPointer, byte[]> secrets) {
        this(
                received,
                token,
                tenant,
                action,
                secrets,
                List.of(new Operation(action, received.command().context().arguments())),
                0);
    }

    /** The operation that is to be performed next. */
    public Operation operation() {
        return operations.get(step);
    }

    /** Whether there is one after that. */
    public boolean hasNext() {
        return step + 1 < operations.size();
    }

    /** The same at another step. */
    public Request at(int other) {
        return other == step ? this : new Request(received, token, tenant, action, secrets, operations, other);
    }

    /** Never the secrets. */
    @Override
    public String toString() {
        return action.name() + " " + received.command().id();
    }
}
