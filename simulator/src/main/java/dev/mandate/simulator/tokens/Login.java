package dev.mandate.simulator.tokens;

import java.util.List;
import java.util.Optional;

/**
 * A person's successful login.
 *
 * @param userId who
 * @param clientId through which application
 * @param audience for which API
 * @param organization through which organization, if any
 * @param requestedScopes what was asked for; empty for everything
 */
record Login(
        String userId, String clientId, String audience, Optional<String> organization, List<String> requestedScopes) {

    boolean asks(String scope) {
        return requestedScopes.contains(scope);
    }
}
