package dev.mandate.simulator.tokens;

import com.nimbusds.jose.Payload;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Request;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.seed.SeedClient;
import dev.mandate.simulator.tenant.Tenant;
import dev.mandate.simulator.tenant.TenantLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /oauth/token}: the grants {@code client_credentials} and {@code password}. */
final class TokenEndpoint {

    private final Tenant tenant;
    private final TokenPolicy policy;
    private final String managementAudience;
    private final Claims claims;
    private final SigningKeys keys;
    private final ClientAuthentication authentication;
    private final TenantLog log;

    TokenEndpoint(
            Tenant tenant,
            TokenPolicy policy,
            String managementAudience,
            Claims claims,
            SigningKeys keys,
            ClientAuthentication authentication,
            TenantLog log) {
        this.tenant = tenant;
        this.policy = policy;
        this.managementAudience = managementAudience;
        this.claims = claims;
        this.keys = keys;
        this.authentication = authentication;
        this.log = log;
    }

    Response answer(Request request) {
        String type = "?";
        String clientId = "";
        try {
            GrantRequest grant = GrantRequest.of(request);
            clientId = grant.find("client_id").orElse("");
            type = grant.require("grant_type");
            SeedClient client = authentication.authenticate(grant);
            clientId = client.clientId();
            Response response = answer(type, client, grant);
            log(request, type, true, clientId, grant.find("username"), response.status(), "");
            return response;
        } catch (OAuthError error) {
            log(request, type, false, clientId, Optional.empty(), error.status(), error.description());
            return error.response();
        }
    }

    private Response answer(String type, SeedClient client, GrantRequest grant) throws OAuthError {
        if (!Set.of("client_credentials", "password").contains(type)) {
            throw new OAuthError(403, "unsupported_grant_type", "Unsupported grant type: " + type);
        }
        if (!client.grantTypes().contains(type)) {
            throw new OAuthError(403, "unauthorized_client", "Grant type '" + type + "' not allowed for the client.");
        }
        return type.equals("password") ? password(client, grant) : clientCredentials(client, grant);
    }

    private Response clientCredentials(SeedClient client, GrantRequest grant) throws OAuthError {
        String audience = grant.require("audience");
        boolean management = audience.equals(managementAudience);
        List<String> granted = granted(client, audience, management);
        List<String> requested = grant.scopes();
        Set<String> ungranted = new TreeSet<>(requested);
        granted.forEach(ungranted::remove);
        if (!ungranted.isEmpty()) {
            throw new OAuthError(
                    403, "access_denied", "Client has not been granted scopes: " + String.join(", ", ungranted));
        }
        boolean narrow = policy.narrowing() == TokenPolicy.Narrowing.REQUESTED && !requested.isEmpty();
        List<String> scopes = narrow ? requested : granted;
        return issued(
                management
                        ? sign("JWT", claims.management(client, audience, scopes))
                        : sign(claims.accessType(), claims.application(client, audience, scopes)),
                String.join(" ", scopes),
                (management ? policy.managementLifetime() : policy.accessLifetime()).toSeconds());
    }

    private List<String> granted(SeedClient client, String audience, boolean management) throws OAuthError {
        if (!management && tenant.api(audience).isEmpty()) {
            throw new OAuthError(403, "access_denied", "Service not enabled within domain: " + audience);
        }
        boolean authorized = management
                ? !client.managementScopes().isEmpty()
                : client.grants().containsKey(audience);
        if (!authorized) {
            throw new OAuthError(
                    403,
                    "access_denied",
                    "Client is not authorized to access \"" + audience
                            + "\". You need to create a \"client-grant\" associated to this API.");
        }
        return management ? client.managementScopes() : client.grants().getOrDefault(audience, List.of());
    }

    private Response password(SeedClient client, GrantRequest grant) throws OAuthError {
        Login login;
        synchronized (tenant) {
            login = login(client, grant);
            Map<String, Object> access = claims.access(login);
            long seconds = policy.accessLifetime().toSeconds();
            Object scope = access.getOrDefault("scope", "");
            Response response = issued(sign(claims.accessType(), access), scope.toString(), seconds);
            if (!login.asks("openid")) {
                return response;
            }
            ObjectNode body = (ObjectNode) Json.MAPPER.readTree(response.body());
            return noStore(Response.json(200, body.put("id_token", sign("JWT", claims.id(login)))));
        }
    }

    private Login login(SeedClient client, GrantRequest grant) throws OAuthError {
        String audience = grant.require("audience");
        if (tenant.api(audience).isEmpty()) {
            throw new OAuthError(403, "access_denied", "Service not enabled within domain: " + audience);
        }
        JsonNode user = tenant.users().findByLogin(grant.require("username")).orElseThrow(TokenEndpoint::wrongPassword);
        String id = user.path("user_id").asString();
        if (!tenant.users().passwordMatches(id, grant.require("password"))) {
            throw wrongPassword();
        }
        if (tenant.users().isBlocked(id)) {
            throw new OAuthError(403, "unauthorized", "user is blocked");
        }
        Optional<String> organization = grant.find("organization");
        if (organization.isPresent() && !tenant.organizations().isMember(organization.get(), id)) {
            throw new OAuthError(
                    403, "access_denied", "User is not part of the " + organization.get() + " organization");
        }
        return new Login(id, client.clientId(), audience, organization, grant.scopes());
    }

    private static OAuthError wrongPassword() {
        return new OAuthError(403, "invalid_grant", "Wrong email or password.");
    }

    private String sign(String type, Map<String, Object> content) {
        return keys.sign(type, new Payload(Json.MAPPER.writeValueAsString(content)));
    }

    private static Response issued(String token, String scope, long seconds) {
        ObjectNode body = Json.object().put("access_token", token);
        if (!scope.isEmpty()) {
            body.put("scope", scope);
        }
        return noStore(Response.json(200, body.put("expires_in", seconds).put("token_type", "Bearer")));
    }

    private static Response noStore(Response response) {
        return response.with(Map.of("cache-control", "no-store", "pragma", "no-cache"));
    }

    private void log(
            Request request,
            String grantType,
            boolean done,
            String clientId,
            Optional<String> user,
            int status,
            String why) {
        String exchange = grantType.equals("password") ? "epft" : "eccft";
        log.write((done ? "s" : "f") + exchange, why, clientId, user, request, List.of(), status);
    }
}
