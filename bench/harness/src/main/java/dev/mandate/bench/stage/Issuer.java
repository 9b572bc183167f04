package dev.mandate.bench.stage;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mandate.contracts.command.AccessTokenClaims;
import dev.mandate.sandbox.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Gives people access tokens as Auth0 would, signed with a key that the upstream publishes. */
public final class Issuer {

    /** What everybody may do. */
    static final List<String> PERMISSIONS = List.of("read:users", "update:users");

    private static final int BITS = 2048;
    private static final Duration LIFETIME = Duration.ofHours(24);

    private final String url;
    private final RSAKey key;

    /** @param url the issuer, with a trailing slash */
    Issuer(String url) {
        this.url = url;
        try {
            this.key = new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("This JDK can't make RSA keys", e);
        }
    }

    /**
     * Somebody with an access token.
     *
     * @param claims what the token says
     * @param token the token
     */
    public record Person(AccessTokenClaims claims, String token) {}

    String url() {
        return url;
    }

    /** The public key's document. */
    String jwks() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** A person of this number. */
    public Person person(int number) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(url)
                .subject("auth0|person%04d".formatted(number))
                .audience(Names.AUDIENCE)
                .issueTime(Date.from(now.minusSeconds(5)))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .claim("azp", "console")
                .claim("scope", String.join(" ", PERMISSIONS))
                .claim("permissions", PERMISSIONS)
                .claim(Names.ROLES_CLAIM, List.of("editor"))
                .build();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("An RSA key that can't sign", e);
        }
        return new Person(AccessTokenClaims.from(claims.getClaims(), Names.ROLES_CLAIM), token.serialize());
    }
}
