package dev.mandate.worker.verification;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.command.AccessTokenClaims;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.worker.auth0.Tenant;
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
 */
public record Request(
        ReceivedCommand received,
        AccessTokenClaims token,
        Tenant tenant,
        Action action,
        Map<JsonPointer, byte[]> secrets) {

    /** Never the secrets. */
    @Override
    public String toString() {
        return action.name() + " " + received.command().id();
    }
}
