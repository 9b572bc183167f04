package dev.mandate.contracts.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The requester's context, the claim {@code rctx}: copied from the access token that was presented, and the token
 * itself, sealed to the worker, which believes the token rather than the copy.
 *
 * @param issuer the token's {@code iss}
 * @param organization the token's {@code org_id}
 * @param permissions the token's {@code permissions}
 * @param roles the token's roles
 * @param application whether the token is an application's own
 * @param acr the token's {@code acr}
 * @param amr the token's {@code amr}
 * @param authenticatedAt the token's {@code auth_time}
 * @param ip the client's address, as the API saw it
 * @param tokenHash base64url of the token's SHA-256
 * @param sealedToken the token, a compact JWE
 */
public record Requester(
        @JsonProperty(value = "iss", required = true) String issuer,
        @JsonProperty("org") Optional<String> organization,

        @JsonProperty(value = "permissions", required = true)
        List<String> permissions,

        @JsonProperty(value = "roles", required = true) List<String> roles,

        @JsonProperty(value = "application", required = true)
        boolean application,

        @JsonProperty("acr") Optional<String> acr,
        @JsonProperty(value = "amr", required = true) List<String> amr,
        @JsonProperty("auth_time") Optional<Instant> authenticatedAt,
        @JsonProperty("ip") Optional<String> ip,
        @JsonProperty(value = "ath", required = true) String tokenHash,
        @JsonProperty(value = "token", required = true) String sealedToken) {

    /** Copies the lists. */
    public Requester {
        permissions = List.copyOf(permissions);
        roles = List.copyOf(roles);
        amr = List.copyOf(amr);
    }

    /** The context of a token that has been verified and sealed. */
    public static Requester of(AccessTokenClaims token, Optional<String> ip, String tokenHash, String sealedToken) {
        return new Requester(
                token.issuer(),
                token.organization(),
                token.permissions(),
                token.roles(),
                token.application(),
                token.acr(),
                token.amr(),
                token.authenticatedAt(),
                ip,
                tokenHash,
                sealedToken);
    }

    /** Whether all that was copied from the token is what the token says. */
    public boolean copies(AccessTokenClaims token) {
        return equals(of(token, ip, tokenHash, sealedToken));
    }
}
