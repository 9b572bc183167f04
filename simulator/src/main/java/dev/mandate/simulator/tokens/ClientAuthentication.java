package dev.mandate.simulator.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mandate.simulator.seed.RsaPem;
import dev.mandate.simulator.seed.SeedClient;
import dev.mandate.simulator.tenant.Tenant;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Authenticates applications at the token endpoint: by secret, by private_key_jwt (RFC 7523), or not at all. */
final class ClientAuthentication {

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.PS256);
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    private final Tenant tenant;
    private final URI issuer;
    private final Clock clock;
    private final Map<String, Instant> usedAssertions = new HashMap<>();

    ClientAuthentication(Tenant tenant, URI issuer, Clock clock) {
        this.tenant = tenant;
        this.issuer = issuer;
        this.clock = clock;
    }

    SeedClient authenticate(GrantRequest request) throws OAuthError {
        Optional<String> assertion = request.find("client_assertion");
        if (assertion.isPresent()) {
            return byAssertion(request, assertion.get());
        }
        SeedClient client = tenant.client(request.require("client_id")).orElseThrow(OAuthError::unauthorized);
        boolean open = client.secret().isEmpty() && client.publicKeys().isEmpty();
        boolean proven = client.secret().isPresent()
                && client.secret().get().matches(request.find("client_secret").orElse(""));
        if (open || proven) {
            return client;
        }
        throw OAuthError.unauthorized();
    }

    private SeedClient byAssertion(GrantRequest request, String assertion) throws OAuthError {
        if (!ASSERTION_TYPE.equals(request.require("client_assertion_type"))) {
            throw refused("client_assertion_type is not supported");
        }
        SignedJWT jwt;
        JWTClaimsSet claims;
        try {
            jwt = SignedJWT.parse(assertion);
            claims = jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            throw refused("the assertion is not a JWT");
        }
        String clientId = claims.getSubject();
        if (clientId == null
                || !clientId.equals(claims.getIssuer())
                || !request.find("client_id").orElse(clientId).equals(clientId)) {
            throw refused("iss and sub have to be the client_id");
        }
        SeedClient client = tenant.client(clientId).orElseThrow(OAuthError::unauthorized);
        if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm()) || !signedBy(client, jwt)) {
            throw refused("the signature is invalid");
        }
        if (!claims.getAudience().contains(issuer.toString())) {
            throw refused("aud has to be " + issuer);
        }
        useOnce(clientId, claims);
        return client;
    }

    private static boolean signedBy(SeedClient client, SignedJWT jwt) {
        return client.publicKeys().stream().anyMatch(pem -> {
            try {
                return jwt.verify(new RSASSAVerifier(RsaPem.publicKey(pem)));
            } catch (JOSEException e) {
                return false;
            }
        });
    }

    private synchronized void useOnce(String clientId, JWTClaimsSet claims) throws OAuthError {
        Instant now = clock.instant();
        Date expiry = claims.getExpirationTime();
        if (expiry == null || !expiry.toInstant().isAfter(now)) {
            throw refused("the assertion has expired");
        }
        if (expiry.toInstant().isAfter(now.plus(LONGEST_LIFE))) {
            throw refused("the assertion lives for more than 5 minutes");
        }
        if (claims.getJWTID() == null) {
            throw refused("jti is missing");
        }
        usedAssertions.values().removeIf(until -> !until.isAfter(now));
        if (usedAssertions.putIfAbsent(clientId + "\n" + claims.getJWTID(), expiry.toInstant()) != null) {
            throw refused("jti has been used");
        }
    }

    private static OAuthError refused(String why) {
        return new OAuthError(401, "invalid_client", "Client assertion refused: " + why);
    }
}
