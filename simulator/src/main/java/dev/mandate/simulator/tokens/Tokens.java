package dev.mandate.simulator.tokens;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Request;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.tenant.Ids;
import dev.mandate.simulator.tenant.Tenant;
import dev.mandate.simulator.tenant.TenantLog;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Everything about tokens: the endpoint that grants them, the documents that publish keys, and their verification. */
public final class Tokens {

    private final URI issuer;
    private final String managementAudience;
    private final Clock clock;
    private final SigningKeys keys = new SigningKeys();
    private final Claims claims;
    private final TokenEndpoint endpoint;

    /**
     * The tokens of one tenant.
     *
     * @param issuer the tenant's base URL, with a trailing slash
     * @param policy how tokens are issued
     * @param clock dates them
     */
    public Tokens(Tenant tenant, URI issuer, TokenPolicy policy, TenantLog log, Clock clock, Ids ids) {
        this.issuer = issuer;
        this.managementAudience = issuer + "api/v2/";
        this.clock = clock;
        this.claims = new Claims(tenant, issuer, policy, clock, ids);
        this.endpoint = new TokenEndpoint(
                tenant, policy, managementAudience, claims, keys, new ClientAuthentication(tenant, issuer, clock), log);
    }

    /** The keys, to rotate. */
    public SigningKeys keys() {
        return keys;
    }

    /** Makes tokens without a login, good ones and odd ones. */
    public TokenForge forge() {
        return new TokenForge(claims, keys, managementAudience);
    }

    /** Answers a token request. */
    public Response grant(Request request) {
        return endpoint.answer(request);
    }

    /** The JWKS document. */
    public Response keySet() {
        return new Response(
                200,
                Map.of("content-type", "application/json; charset=utf-8"),
                keys.publicKeys().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The OpenID Connect discovery document. */
    public Response discovery() {
        ObjectNode document = Json.object()
                .put("issuer", issuer.toString())
                .put("authorization_endpoint", issuer + "authorize")
                .put("token_endpoint", issuer + "oauth/token")
                .put("userinfo_endpoint", issuer + "userinfo")
                .put("jwks_uri", issuer + ".well-known/jwks.json");
        list(document, "scopes_supported", "openid", "profile", "email");
        list(document, "response_types_supported", "code", "token", "id_token");
        list(document, "grant_types_supported", "client_credentials", "password");
        list(document, "subject_types_supported", "public");
        list(document, "id_token_signing_alg_values_supported", "RS256");
        list(document, "token_endpoint_auth_methods_supported", "client_secret_post", "private_key_jwt");
        list(document, "token_endpoint_auth_signing_alg_values_supported", "RS256", "RS384", "PS256");
        return Response.json(200, document);
    }

    /**
     * Verifies a token for the Management API.
     *
     * @throws InvalidToken when it is malformed, not ours, expired, or for another audience
     */
    public Bearer verifyManagement(String token) throws InvalidToken {
        SignedJWT jwt;
        JWTClaimsSet content;
        try {
            jwt = SignedJWT.parse(token);
            content = jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            throw new InvalidToken("Invalid token");
        }
        if (!keys.verifies(jwt) || !issuer.toString().equals(content.getIssuer())) {
            throw new InvalidToken("Invalid signature received for JSON Web Token validation");
        }
        Date expiry = content.getExpirationTime();
        if (expiry == null || !expiry.toInstant().isAfter(clock.instant())) {
            throw new InvalidToken("Expired token received for JSON Web Token validation");
        }
        if (!content.getAudience().equals(List.of(managementAudience))) {
            throw new InvalidToken("Bad audience: " + String.join(", ", content.getAudience()));
        }
        return bearer(content);
    }

    /** What a token says of its bearer, true or not; for the journal, which records what was presented. */
    public static Optional<Bearer> presented(String token) {
        try {
            return Optional.of(bearer(SignedJWT.parse(token).getJWTClaimsSet()));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Bearer bearer(JWTClaimsSet content) {
        Object scope = content.getClaim("scope");
        List<String> scopes = scope instanceof String text && !text.isBlank()
                ? Arrays.asList(text.strip().split("\\s+"))
                : List.of();
        return new Bearer(content.getClaim("azp") instanceof String client ? client : "", scopes);
    }

    private static void list(ObjectNode document, String name, String... values) {
        document.set(name, Json.MAPPER.valueToTree(values));
    }
}
