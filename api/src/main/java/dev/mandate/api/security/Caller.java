package dev.mandate.api.security;

import dev.mandate.contracts.command.AccessTokenClaims;
import dev.mandate.contracts.policy.RequesterFacts;
import dev.mandate.contracts.policy.Standing;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.AuthenticationException;

/**
 * The person or application whose access token came with the request, verified. Handlers take it as
 * {@code @AuthenticationPrincipal Caller}.
 *
 * @param claims what the token says
 * @param expiresAt when the token expires
 * @param tokenHash base64url of the token's SHA-256 ({@code ath})
 * @param token the token itself
 */
public record Caller(AccessTokenClaims claims, Instant expiresAt, String tokenHash, String token) {

    /** Who it is, whatever token, client or organization they come with. */
    public record Person(String issuer, String subject) {}

    /** Who it is: for limits that new tokens and other clients must not lift. */
    public Person person() {
        return new Person(issuer(), subject());
    }

    /** The token's {@code iss}. */
    public String issuer() {
        return claims.issuer();
    }

    /** The token's {@code sub}: unique together with the issuer. */
    public String subject() {
        return claims.subject();
    }

    /** The organization that the person logged in through. */
    public Optional<String> organization() {
        return claims.organization();
    }

    /** What the policy may know of them from the token alone. */
    public RequesterFacts facts() {
        return new RequesterFacts(
                claims.issuer(),
                claims.subject(),
                claims.organization(),
                claims.permissions(),
                claims.roles(),
                claims.application(),
                Standing.UNVERIFIED);
    }

    /** What the company's API granted. */
    public Set<String> permissions() {
        return Set.copyOf(claims.permissions());
    }

    /**
     * Requires the token to be valid until then. It is valid now; a command, though, is believed only if the token
     * still was when the broker appended it.
     *
     * @throws AuthenticationException 401 {@code token.too_little_life}
     */
    public void requireLife(Instant until) {
        if (!expiresAt.isAfter(until)) {
            throw new TokenRefusedException(TokenProblem.TOO_LITTLE_LIFE);
        }
    }

    /** Who it is; never the token. */
    @Override
    public String toString() {
        return "caller " + subject() + " of " + issuer();
    }
}
