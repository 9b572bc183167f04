package dev.mandate.api.intake;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client submitted.
 *
 * @param tenant the tenant's alias
 * @param action the action's name
 * @param arguments the action's arguments, secrets in the clear
 * @param reason the requester's words
 */
record Submission(String tenant, String action, ObjectNode arguments, Optional<String> reason) {

    /** Names what is asked for; never the arguments, which may hold secrets. */
    @Override
    public String toString() {
        return action + " in " + tenant;
    }
}
