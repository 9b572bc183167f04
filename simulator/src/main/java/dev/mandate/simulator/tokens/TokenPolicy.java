package dev.mandate.simulator.tokens;

import java.time.Duration;

/**
 * How the tenant issues tokens.
 *
 * @param managementLifetime of tokens for the Management API
 * @param accessLifetime of access tokens for the tenant's own APIs
 * @param idLifetime of ID tokens
 * @param narrowing what {@code scope} does in a client-credentials request
 * @param profile the shape of access tokens for the tenant's own APIs
 * @param rolesClaim the namespaced claim that carries role names
 */
public record TokenPolicy(
        Duration managementLifetime,
        Duration accessLifetime,
        Duration idLifetime,
        Narrowing narrowing,
        Profile profile,
        String rolesClaim) {

    /** Auth0's documentation and its observed behaviour disagree on this, so both can be had. */
    public enum Narrowing {
        /** The token carries the requested scopes. */
        REQUESTED,
        /** The token carries the whole client grant, whatever was requested. */
        WHOLE_GRANT
    }

    /** The two shapes ("token dialects") of Auth0's access tokens. */
    public enum Profile {
        /** {@code typ: JWT}; the application is {@code azp}. */
        AUTH0,
        /** {@code typ: at+jwt} (RFC 9068); the application is {@code client_id}, and there is a {@code jti}. */
        RFC9068
    }

    /** Auth0's own lifetimes, narrowing as requested, Auth0's profile. */
    public static TokenPolicy defaults() {
        return new TokenPolicy(
                Duration.ofHours(24),
                Duration.ofHours(24),
                Duration.ofHours(10),
                Narrowing.REQUESTED,
                Profile.AUTH0,
                "https://mandate.example/roles");
    }

    /** The same with another lifetime of Management tokens. */
    public TokenPolicy withManagementLifetime(Duration lifetime) {
        return new TokenPolicy(lifetime, accessLifetime, idLifetime, narrowing, profile, rolesClaim);
    }

    /** The same with another treatment of {@code scope}. */
    public TokenPolicy withNarrowing(Narrowing other) {
        return new TokenPolicy(managementLifetime, accessLifetime, idLifetime, other, profile, rolesClaim);
    }

    /** The same with another shape of access tokens. */
    public TokenPolicy withProfile(Profile other) {
        return new TokenPolicy(managementLifetime, accessLifetime, idLifetime, narrowing, other, rolesClaim);
    }
}
