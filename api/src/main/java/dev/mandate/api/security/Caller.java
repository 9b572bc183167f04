package dev.mandate.api.security;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The person or application whose access token came with the request, verified. Handlers take it as
 * {@code @AuthenticationPrincipal Caller}.
 *
 * @param issuer the token's {@code iss}
 * @param subject the token's {@code sub}: unique together with the issuer
 * @param organization the organization that the person logged in through
 * @param permissions what the company's API granted
 * @param expiresAt when the token expires
 * @param tokenHash base64url of the token's SHA-256 ({@code ath})
 * @param token the token itself
 */
public record Caller(
        String issuer,
        String subject,
        Optional<String> organization,
        Set<String> permissions,
        Instant expiresAt,
        String tokenHash,
        String token) {

    /** Copies the set. */
    public Caller {
        permissions = Set.copyOf(permissions);
    }

    /** Who it is; never the token. */
    @Override
    public String toString() {
        return "caller " + subject + " of " + issuer;
    }
}
