package dev.mandate.simulator;

import static dev.mandate.simulator.TestTenants.AUDIENCE;
import static dev.mandate.simulator.TestTenants.secret;
import static dev.mandate.simulator.TestTenants.workerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.auth0.client.auth.AuthAPI;
import com.auth0.client.auth.RSAClientAssertionSigner;
import com.auth0.client.auth.RSAClientAssertionSigner.RSASigningAlgorithm;
import com.auth0.exception.APIException;
import com.auth0.json.auth.TokenHolder;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.seed.Seed;
import dev.mandate.simulator.seed.SeedApi;
import dev.mandate.simulator.seed.SeedClient;
import dev.mandate.simulator.tokens.TokenPolicy;
import java.security.PublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientCredentialsThroughTheSdkTest {

    private static RSAKey key;
    private static Simulator auth0;

    @BeforeAll
    static void start() throws Exception {
        key = new RSAKeyGenerator(2048).generate();
        Seed seed = new Seed(
                List.of(new SeedApi(AUDIENCE, "Mandate", List.of("read:users"))),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        SeedClient.machine(
                                DemoSeed.WORKER, secret(DemoSeed.WORKER), List.of("read:users", "update:users")),
                        SeedClient.machineWithKey("keyed", pem(key.toPublicKey()), List.of("read:users"))
                                .withGrant(AUDIENCE, "read:users")));
        auth0 = Simulator.start(SimulatorOptions.defaults().withSeed(seed));
    }

    @AfterAll
    static void stop() {
        auth0.close();
    }

    @Test
    void a_secret_gives_a_token_that_carries_only_the_requested_scope() throws Exception {
        TokenHolder token = workerToken(auth0, "read:users");

        JWTClaimsSet claims = SignedJWT.parse(token.getAccessToken()).getJWTClaimsSet();
        assertThat(token.getScope()).isEqualTo("read:users");
        assertThat(token.getTokenType()).isEqualTo("Bearer");
        assertThat(token.getExpiresIn()).isEqualTo(86_400);
        assertThat(claims.getSubject()).isEqualTo(DemoSeed.WORKER + "@clients");
        assertThat(claims.getAudience()).containsExactly(auth0.managementAudience());
        assertThat(claims.getStringClaim("gty")).isEqualTo("client-credentials");
        assertThat(claims.getStringClaim("scope")).isEqualTo("read:users");
    }

    @Test
    void without_a_scope_the_token_carries_the_whole_grant() throws Exception {
        TokenHolder token = TestTenants.auth(auth0)
                .requestToken(auth0.managementAudience())
                .execute()
                .getBody();

        assertThat(token.getScope()).isEqualTo("read:users update:users");
    }

    @Test
    void a_tenant_that_does_not_narrow_gives_the_whole_grant_whatever_was_requested() throws Exception {
        var policy = TokenPolicy.defaults().withNarrowing(TokenPolicy.Narrowing.WHOLE_GRANT);
        try (Simulator wide = Simulator.start(TestTenants.demo().withPolicy(policy))) {
            assertThat(workerToken(wide, "read:users").getScope()).contains("delete:users");
        }
    }

    @Test
    void an_ungranted_scope_is_refused_by_name() {
        var refusal = catchThrowableOfType(APIException.class, () -> workerToken(auth0, "read:users delete:users"));

        assertThat(refusal.getStatusCode()).isEqualTo(403);
        assertThat(refusal.getError()).isEqualTo("access_denied");
        assertThat(refusal.getDescription()).isEqualTo("Client has not been granted scopes: delete:users");
    }

    @Test
    void a_wrong_secret_is_refused() {
        AuthAPI auth = AuthAPI.newBuilder(auth0.url(), DemoSeed.WORKER, "wrong").build();

        var refusal = catchThrowableOfType(
                APIException.class,
                () -> auth.requestToken(auth0.managementAudience()).execute());

        assertThat(refusal.getStatusCode()).isEqualTo(401);
        assertThat(refusal.getError()).isEqualTo("access_denied");
    }

    @Test
    void an_api_without_a_client_grant_is_refused() {
        var refusal = catchThrowableOfType(
                APIException.class,
                () -> TestTenants.auth(auth0).requestToken(AUDIENCE).execute());

        assertThat(refusal.getStatusCode()).isEqualTo(403);
        assertThat(refusal.getDescription()).startsWith("Client is not authorized to access");
    }

    @ParameterizedTest
    @EnumSource(RSASigningAlgorithm.class)
    void a_signed_assertion_gives_a_token(RSASigningAlgorithm algorithm) throws Exception {
        var signer = new RSAClientAssertionSigner(key.toRSAPrivateKey(), algorithm);

        TokenHolder token = AuthAPI.newBuilder(auth0.url(), "keyed", signer)
                .build()
                .requestToken(auth0.managementAudience())
                .execute()
                .getBody();

        assertThat(token.getScope()).isEqualTo("read:users");
    }

    @Test
    void an_application_may_get_a_token_for_the_companys_api_with_permissions() throws Exception {
        var signer = new RSAClientAssertionSigner(key.toRSAPrivateKey());

        TokenHolder token = AuthAPI.newBuilder(auth0.url(), "keyed", signer)
                .build()
                .requestToken(AUDIENCE)
                .execute()
                .getBody();

        JWTClaimsSet claims = SignedJWT.parse(token.getAccessToken()).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("keyed@clients");
        assertThat(claims.getStringListClaim("permissions")).containsExactly("read:users");
    }

    @Test
    void ps256_is_accepted_and_an_assertion_works_once() throws Exception {
        String assertion = assertion(JWSAlgorithm.PS256, key, claims().build());

        assertThat(exchange(assertion)).isEqualTo(200);
        assertThat(exchange(assertion)).isEqualTo(401);
    }

    @Test
    void an_assertion_by_another_key_is_refused() throws Exception {
        RSAKey other = new RSAKeyGenerator(2048).generate();

        assertThat(exchange(assertion(JWSAlgorithm.RS256, other, claims().build())))
                .isEqualTo(401);
    }

    @Test
    void an_assertion_with_another_algorithm_is_refused() throws Exception {
        assertThat(exchange(assertion(JWSAlgorithm.RS512, key, claims().build())))
                .isEqualTo(401);
    }

    @Test
    void the_audience_of_an_assertion_is_the_issuer_with_its_slash() throws Exception {
        var claims = claims().audience(auth0.url()).build();

        assertThat(exchange(assertion(JWSAlgorithm.RS256, key, claims))).isEqualTo(401);
    }

    @Test
    void an_assertion_that_lives_too_long_or_has_expired_or_has_no_id_is_refused() throws Exception {
        var late = claims().expirationTime(in(6)).build();
        var expired = claims().expirationTime(in(-1)).build();
        var anonymous = claims().jwtID(null).build();

        assertThat(exchange(assertion(JWSAlgorithm.RS256, key, late))).isEqualTo(401);
        assertThat(exchange(assertion(JWSAlgorithm.RS256, key, expired))).isEqualTo(401);
        assertThat(exchange(assertion(JWSAlgorithm.RS256, key, anonymous))).isEqualTo(401);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("keyed")
                .subject("keyed")
                .audience(auth0.issuer().toString())
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(in(4));
    }

    private static Date in(int minutes) {
        return Date.from(Instant.now().plus(minutes, ChronoUnit.MINUTES));
    }

    private static String assertion(JWSAlgorithm algorithm, RSAKey by, JWTClaimsSet claims) throws Exception {
        SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims);
        jwt.sign(new RSASSASigner(by));
        return jwt.serialize();
    }

    private static int exchange(String assertion) throws Exception {
        String body = Json.object()
                .put("grant_type", "client_credentials")
                .put("audience", auth0.managementAudience())
                .put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .put("client_assertion", assertion)
                .toString();
        return TestTenants.send(TestTenants.json(auth0, "POST", "/oauth/token", body))
                .statusCode();
    }

    private static String pem(PublicKey publicKey) {
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n";
    }
}
