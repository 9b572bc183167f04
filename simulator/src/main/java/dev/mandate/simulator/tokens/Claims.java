package dev.mandate.simulator.tokens;

import dev.mandate.simulator.seed.SeedClient;
import dev.mandate.simulator.tenant.Ids;
import dev.mandate.simulator.tenant.Tenant;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Writes the claims of each kind of token, as Auth0 does. */
final class Claims {

    private static final List<String> OIDC_SCOPES = List.of("openid", "profile", "email");
    private static final String MFA_ACR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";

    private final Tenant tenant;
    private final URI issuer;
    private final TokenPolicy policy;
    private final Clock clock;
    private final Ids ids;

    Claims(Tenant tenant, URI issuer, TokenPolicy policy, Clock clock, Ids ids) {
        this.tenant = tenant;
        this.issuer = issuer;
        this.policy = policy;
        this.clock = clock;
        this.ids = ids;
    }

    Map<String, Object> management(SeedClient client, String audience, List<String> scopes) {
        Map<String, Object> claims = machine(client, audience, scopes, policy.managementLifetime());
        claims.put("azp", client.clientId());
        return claims;
    }

    Map<String, Object> application(SeedClient client, String audience, List<String> scopes) {
        Map<String, Object> claims = machine(client, audience, scopes, policy.accessLifetime());
        claims.put("permissions", scopes);
        return profiled(claims, client.clientId());
    }

    private Map<String, Object> machine(SeedClient client, String audience, List<String> scopes, Duration lifetime) {
        Map<String, Object> claims = base(client.clientId() + "@clients", audience, lifetime);
        claims.put("gty", "client-credentials");
        if (!scopes.isEmpty()) {
            claims.put("scope", String.join(" ", scopes));
        }
        return claims;
    }

    Map<String, Object> access(Login login) {
        Set<String> permissions = permissions(login);
        List<String> scopes =
                new ArrayList<>(OIDC_SCOPES.stream().filter(login::asks).toList());
        scopes.addAll(permissions.stream()
                .filter(permission -> login.requestedScopes().isEmpty() || login.asks(permission))
                .toList());
        Object audience = login.asks("openid") ? List.of(login.audience(), issuer + "userinfo") : login.audience();
        Map<String, Object> claims = base(login.userId(), audience, policy.accessLifetime());
        if (!scopes.isEmpty()) {
            claims.put("scope", String.join(" ", scopes));
        }
        claims.put("gty", "password");
        claims.put("permissions", List.copyOf(permissions));
        authentication(claims, login);
        return profiled(claims, login.clientId());
    }

    Map<String, Object> id(Login login) {
        Map<String, Object> claims = base(login.userId(), login.clientId(), policy.idLifetime());
        JsonNode user = tenant.users().find(login.userId()).orElseThrow();
        if (login.asks("profile")) {
            claims.put("name", user.path("name").asString(""));
            claims.put("nickname", user.path("nickname").asString(""));
            claims.put("updated_at", user.path("updated_at").asString(""));
        }
        if (login.asks("email")) {
            claims.put("email", user.path("email").asString(""));
            claims.put("email_verified", user.path("email_verified").asBoolean(false));
        }
        claims.put("sid", ids.prefixed("", 32));
        authentication(claims, login);
        return claims;
    }

    /** The {@code typ} of access tokens for the tenant's own APIs. */
    String accessType() {
        return switch (policy.profile()) {
            case AUTH0 -> "JWT";
            case RFC9068 -> "at+jwt";
        };
    }

    private Set<String> permissions(Login login) {
        return login.organization()
                .map(organization -> tenant.permissions(login.userId(), login.audience(), organization))
                .orElseGet(() -> tenant.permissions(login.userId(), login.audience()));
    }

    private void authentication(Map<String, Object> claims, Login login) {
        List<String> amr = tenant.users().amr(login.userId());
        claims.put("auth_time", clock.instant().getEpochSecond());
        claims.put("amr", amr);
        if (amr.contains("mfa")) {
            claims.put("acr", MFA_ACR);
        }
        login.organization().ifPresent(organization -> claims.put("org_id", organization));
        claims.put(policy.rolesClaim(), tenant.roleNames(login.userId(), login.organization()));
    }

    private Map<String, Object> profiled(Map<String, Object> claims, String clientId) {
        switch (policy.profile()) {
            case AUTH0 -> claims.put("azp", clientId);
            case RFC9068 -> {
                claims.put("client_id", clientId);
                claims.put("jti", ids.prefixed("", 22));
            }
        }
        return claims;
    }

    private Map<String, Object> base(String subject, Object audience, Duration lifetime) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer.toString());
        claims.put("sub", subject);
        claims.put("aud", audience);
        claims.put("iat", now);
        claims.put("exp", now + lifetime.toSeconds());
        return claims;
    }
}
