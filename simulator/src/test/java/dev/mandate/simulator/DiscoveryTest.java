package dev.mandate.simulator;

import static dev.mandate.simulator.TestTenants.AUDIENCE;
import static dev.mandate.simulator.TestTenants.request;
import static dev.mandate.simulator.TestTenants.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.tokens.TokenDraft;
import dev.mandate.simulator.tokens.TokenPolicy;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tokens, good and odd, as a stranger's JOSE library judges them by what discovery publishes. */
class DiscoveryTest {

    private final Simulator auth0 = Simulator.start(
            TestTenants.demo().withPolicy(TokenPolicy.defaults().withProfile(TokenPolicy.Profile.RFC9068)));
    private final TokenDraft token = auth0.forge().access(DemoSeed.ADA, DemoSeed.CONSOLE, AUDIENCE);

    @AfterEach
    void stop() {
        auth0.close();
    }

    @Test
    void a_token_verifies_by_the_published_keys() throws Exception {
        JWTClaimsSet claims = verify(token.signed());

        assertThat(claims.getSubject()).isEqualTo(DemoSeed.ADA);
        assertThat(claims.getStringClaim("client_id")).isEqualTo(DemoSeed.CONSOLE);
        assertThat(claims.getJWTID()).isNotEmpty();
    }

    @Test
    void the_key_set_publishes_no_private_part() throws Exception {
        assertThat(keySet().getKeys()).isNotEmpty().noneMatch(key -> key.isPrivate());
    }

    @Test
    void after_a_rotation_old_and_new_tokens_verify_until_the_old_key_is_withdrawn() throws Exception {
        String before = token.signed();

        auth0.rotateKeys();
        String after = token.signed();

        assertThat(SignedJWT.parse(after).getHeader().getKeyID())
                .isNotEqualTo(SignedJWT.parse(before).getHeader().getKeyID());
        verify(before);
        verify(after);
        auth0.revokePreviousKeys();
        verify(after);
        assertRefused(before);
    }

    @Test
    void odd_tokens_are_odd() throws Exception {
        RSAKey stranger = new RSAKeyGenerator(2048).keyID("stranger").generate();
        byte[] publicKey =
                keySet().getKeys().getFirst().toRSAKey().toPublicKey().getEncoded();

        assertRefused(token.expiring(Instant.now().minusSeconds(3600)).signed());
        assertRefused(token.audience("https://elsewhere").signed());
        assertRefused(token.issuer("https://elsewhere/").signed());
        assertRefused(token.without("sub").signed());
        assertRefused(token.type("JWT").signed());
        assertRefused(token.unsigned());
        assertRefused(token.signedBy(stranger));
        assertRefused(token.signedWithHs256(publicKey));
        assertRefused(auth0.forge().id(DemoSeed.ADA, DemoSeed.CONSOLE).signed());
    }

    private void assertRefused(String odd) {
        assertThatThrownBy(() -> verify(odd)).isInstanceOf(BadJOSEException.class);
    }

    private JWTClaimsSet verify(String presented) throws Exception {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keySet())));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                AUDIENCE,
                new JWTClaimsSet.Builder().issuer(auth0.issuer().toString()).build(),
                Set.of("sub", "exp", "iat")));
        return processor.process(presented, null);
    }

    private JWKSet keySet() throws Exception {
        JsonNode document = Json.MAPPER.readTree(
                send(request(auth0, "/.well-known/openid-configuration")).body());
        assertThat(document.path("issuer").asString()).isEqualTo(auth0.issuer().toString());
        return JWKSet.load(URI.create(document.path("jwks_uri").asString()).toURL());
    }
}
