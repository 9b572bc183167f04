package dev.mandate.api.status;

import java.time.Instant;
import java.util.Optional;

/** What the read model knows of idempotency keys, asked before a request under such a key is accepted. */
public interface KnownRequests {

    /**
     * Whose key it is. An equal key of another person, client, organization or tenant is another key.
     *
     * @param issuer the requester's issuer
     * @param subject the requester
     * @param clientId the client that the requester uses; empty if the token names none
     * @param organization the organization that the requester logged in through; empty if there is none
     * @param tenant the tenant that is commanded
     */
    record Scope(String issuer, String subject, String clientId, String organization, String tenant) {}

    /**
     * A request that was accepted under the key.
     *
     * @param commandId the command's id ({@code jti})
     * @param requestHash the command's {@code request_hash}
     * @param at when it was appended
     */
    record Known(String commandId, String requestHash, Instant at) {}

    /**
     * The first request that was accepted under this key.
     *
     * @return empty when there is none, or not yet, or the database is away: never an exception, and never a long wait,
     *     since intake goes on without the database and the worker notices conflicts as well
     */
    Optional<Known> find(Scope scope, String idempotencyKey);
}
