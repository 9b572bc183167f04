package dev.mandate.simulator.tokens;

import dev.mandate.simulator.seed.SeedClient;
import java.util.List;
import java.util.Optional;

/** Makes tokens in-process for tests, starting from what the tenant itself would issue. */
public final class TokenForge {

    private final Claims claims;
    private final SigningKeys keys;
    private final String managementAudience;

    TokenForge(Claims claims, SigningKeys keys, String managementAudience) {
        this.claims = claims;
        this.keys = keys;
        this.managementAudience = managementAudience;
    }

    /** A person's access token for an API of the tenant. */
    public TokenDraft access(String userId, String clientId, String audience) {
        return draft(new Login(userId, clientId, audience, Optional.empty(), List.of()));
    }

    /** A person's access token, logged in through an organization. */
    public TokenDraft access(String userId, String clientId, String audience, String organization) {
        return draft(new Login(userId, clientId, audience, Optional.of(organization), List.of()));
    }

    /** A person's ID token. */
    public TokenDraft id(String userId, String clientId) {
        Login login = new Login(userId, clientId, "", Optional.empty(), List.of("openid", "profile", "email"));
        return new TokenDraft("JWT", claims.id(login), keys);
    }

    /** An application's token for an API of the tenant. */
    public TokenDraft application(String clientId, String audience, String... scopes) {
        return new TokenDraft(
                claims.accessType(), claims.application(nobody(clientId), audience, List.of(scopes)), keys);
    }

    /** An application's token for the Management API. */
    public TokenDraft management(String clientId, String... scopes) {
        return new TokenDraft("JWT", claims.management(nobody(clientId), managementAudience, List.of(scopes)), keys);
    }

    private TokenDraft draft(Login login) {
        return new TokenDraft(claims.accessType(), claims.access(login), keys);
    }

    private static SeedClient nobody(String clientId) {
        return SeedClient.login(clientId);
    }
}
