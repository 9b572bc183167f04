package dev.mandate.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import dev.mandate.api.testkit.MovableClock;
import dev.mandate.api.testkit.TestIssuer;
import dev.mandate.api.testkit.TestTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AccessTokensTest {

    private static final Duration KEYS_MAX_AGE = Duration.ofMinutes(5);
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final MovableClock clock = new MovableClock(Instant.now());
    private final TestIssuer issuer = TestIssuer.start();
    private final CountingFetcher fetcher = new CountingFetcher();
    private final VerifiedTokens tokens = new VerifiedTokens(
            onRotation -> new TokenVerifier(
                    List.of(issuer.url()),
                    url -> new IssuerKeys(url, fetcher, clock, KEYS_MAX_AGE, onRotation),
                    TestTokens.AUDIENCE),
            TestTokens.ROLES,
            clock,
            SKEW,
            100);

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void a_token_says_who_is_calling() {
        // When
        Caller caller = tokens.caller(issuer.token(TestTokens.support().with("org_id", "org_9")));

        // Then
        assertThat(caller.issuer()).isEqualTo(issuer.url());
        assertThat(caller.subject()).isEqualTo("auth0|sam");
        assertThat(caller.permissions()).containsExactly("read:users");
        assertThat(caller.organization()).contains("org_9");
        assertThat(caller.claims().clientId()).contains("console");
    }

    @Test
    void a_token_of_rfc_9068_is_accepted() {
        String token = issuer.token(TestTokens.support(), header -> header.type(new JOSEObjectType("at+jwt")));

        assertThat(tokens.caller(token).subject()).isEqualTo("auth0|sam");
    }

    @Test
    void a_caller_never_shows_the_token() {
        String token = issuer.token(TestTokens.support());

        assertThat(tokens.caller(token).toString()).doesNotContain(token);
    }

    @Test
    void A2_alg_none_is_refused() throws Exception {
        for (String none : List.of("none", "None", "nOnE")) {
            String header = Base64URL.encode("{\"alg\":\"" + none + "\",\"typ\":\"JWT\"}")
                    .toString();
            String claims = issuer.token(TestTokens.support()).split("\\.")[1];

            assertRefused(header + "." + claims + ".", TokenProblem.ALGORITHM);
        }
    }

    @Test
    void A3_hs256_with_the_public_key_as_secret_is_refused() throws Exception {
        // Given
        byte[] secret = issuer.key().toECPublicKey().getEncoded();
        String claims = issuer.token(TestTokens.administrator()).split("\\.")[1];
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .keyID(issuer.key().getKeyID())
                .build();
        var forged = new com.nimbusds.jose.JWSObject(header, new Payload(new Base64URL(claims)));

        // When
        forged.sign(new MACSigner(secret));

        // Then
        assertRefused(forged.serialize(), TokenProblem.ALGORITHM);
    }

    @Test
    void A4_a_key_is_used_with_its_own_algorithm_only() {
        String token = issuer.token(TestTokens.support(), header -> header);
        String[] parts = token.split("\\.");
        String other = Base64URL.encode("{\"alg\":\"ES384\",\"typ\":\"JWT\",\"kid\":\""
                        + issuer.key().getKeyID() + "\"}")
                .toString();

        assertRefused(other + "." + parts[1] + "." + parts[2], TokenProblem.SIGNATURE);
    }

    @Test
    void A5_a_key_that_comes_with_the_token_is_not_believed() throws Exception {
        // Given
        TestIssuer attacker = TestIssuer.start();
        String claims = issuer.token(TestTokens.administrator()).split("\\.")[1];
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .jwk(attacker.key().toPublicJWK())
                .keyID(attacker.key().getKeyID())
                .build();
        var forged = new com.nimbusds.jose.JWSObject(header, new Payload(new Base64URL(claims)));
        forged.sign(new com.nimbusds.jose.crypto.ECDSASigner(attacker.key()));
        attacker.close();

        // Then
        assertRefused(forged.serialize(), TokenProblem.SIGNATURE);
    }

    @Test
    void a_token_signed_by_somebody_else_is_refused() {
        assertRefused(issuer.forged(TestTokens.administrator()), TokenProblem.SIGNATURE);
    }

    @Test
    void A10_a_token_with_a_repeated_claim_is_refused() throws Exception {
        // Given
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(issuer.key().getKeyID())
                .build();
        var signed = new com.nimbusds.jose.JWSObject(
                header, new Payload("{\"iss\":\"" + issuer.url() + "\",\"sub\":\"auth0|sam\",\"sub\":\"auth0|ada\"}"));
        signed.sign(new com.nimbusds.jose.crypto.ECDSASigner(issuer.key()));

        // Then
        assertRefused(signed.serialize(), TokenProblem.MALFORMED);
    }

    @Test
    void A11_a_token_of_another_type_is_refused() {
        for (String typ : List.of("logout+jwt", "mandate-command+jwt", "secevent+jwt", "dpop+jwt")) {
            assertRefused(
                    issuer.token(TestTokens.support(), header -> header.type(new JOSEObjectType(typ))),
                    TokenProblem.TYPE);
        }
        assertRefused(issuer.token(TestTokens.support(), header -> header.type(null)), TokenProblem.TYPE);
    }

    @Test
    void A11_an_id_token_is_refused_even_for_our_audience() {
        assertRefused(issuer.token(TestTokens.support().with("nonce", "n-0S6_WzA2Mj")), TokenProblem.TYPE);
        assertRefused(issuer.token(TestTokens.support().with("at_hash", "77QmUPtjPfzWtF2AnpK9RQ")), TokenProblem.TYPE);
    }

    @Test
    void a_token_of_an_unknown_issuer_is_refused() {
        TestIssuer other = TestIssuer.start();

        assertRefused(other.token(TestTokens.administrator()), TokenProblem.ISSUER);
        other.close();
    }

    @Test
    void a_token_for_another_api_is_refused() {
        assertRefused(
                issuer.token(TestTokens.support().with("aud", List.of("https://other.example/api"))),
                TokenProblem.AUDIENCE);
    }

    @Test
    void an_expired_token_is_refused() {
        assertRefused(
                issuer.token(TestTokens.support().expiring(clock.instant().minusSeconds(1))), TokenProblem.EXPIRED);
    }

    @Test
    void a_token_without_an_expiry_is_refused() {
        assertRefused(issuer.token(TestTokens.support().with("exp", null)), TokenProblem.MALFORMED);
    }

    @Test
    void a_token_that_is_not_valid_yet_is_refused_beyond_the_skew() {
        // Given
        String token = issuer.token(TestTokens.support()
                .with("nbf", java.util.Date.from(clock.instant().plusSeconds(60))));
        assertRefused(token, TokenProblem.NOT_YET_VALID);

        // When
        clock.move(Duration.ofSeconds(31));

        // Then
        assertThat(tokens.caller(token).subject()).isEqualTo("auth0|sam");
    }

    @Test
    void a_token_bound_to_a_key_is_no_bearer_token() {
        assertRefused(
                issuer.token(TestTokens.support().with("cnf", java.util.Map.of("jkt", "0ZcOCORZNYy"))),
                TokenProblem.BOUND);
    }

    @Test
    void a_claim_of_another_type_is_refused() {
        assertRefused(issuer.token(TestTokens.support().with("permissions", "read:users")), TokenProblem.MALFORMED);
    }

    @Test
    void a_remembered_token_is_not_verified_again() {
        // Given
        String token = issuer.token(TestTokens.support());

        // When
        Caller first = tokens.caller(token);
        Caller second = tokens.caller(token);

        // Then
        assertThat(second).isSameAs(first);
    }

    @Test
    void a_remembered_token_expires() {
        // Given
        String token =
                issuer.token(TestTokens.support().expiring(clock.instant().plusSeconds(10)));
        tokens.caller(token);

        // When
        clock.move(Duration.ofSeconds(10));

        // Then
        assertRefused(token, TokenProblem.EXPIRED);
    }

    @Test
    void remembered_tokens_are_forgotten_when_the_issuers_keys_rotate() {
        // Given
        String token = issuer.token(TestTokens.support());
        tokens.caller(token);
        issuer.rotate();

        // When
        clock.move(KEYS_MAX_AGE);

        // Then
        assertRefused(token, TokenProblem.SIGNATURE);
        assertThat(tokens.cache().estimatedSize()).isZero();
    }

    @Test
    void a_token_of_a_new_key_is_accepted_at_once() {
        // Given
        tokens.caller(issuer.token(TestTokens.support()));
        issuer.rotate();
        clock.move(IssuerKeys.MIN_AGE);

        // When
        Caller caller = tokens.caller(issuer.token(TestTokens.administrator()));

        // Then
        assertThat(caller.subject()).isEqualTo("auth0|ada");
    }

    @Test
    void tokens_of_unknown_keys_can_not_make_the_issuer_busy() {
        // Given
        tokens.caller(issuer.token(TestTokens.support()));
        int before = fetcher.count;

        // When
        for (int i = 0; i < 20; i++) {
            String token = issuer.token(TestTokens.support(), header -> header.keyID("unknown"));
            assertRefused(token, TokenProblem.SIGNATURE);
        }

        // Then
        assertThat(fetcher.count - before).isLessThanOrEqualTo(1);
    }

    @Test
    void while_the_issuer_is_away_its_last_keys_stay_in_use() {
        // Given
        tokens.caller(issuer.token(TestTokens.support()));
        fetcher.away = true;

        // When
        clock.move(KEYS_MAX_AGE.plusMinutes(1));

        // Then
        assertThat(tokens.caller(issuer.token(TestTokens.administrator()
                                .expiring(clock.instant().plusSeconds(60))))
                        .subject())
                .isEqualTo("auth0|ada");
    }

    @Test
    void an_issuer_that_was_never_reached_is_not_the_clients_fault() {
        fetcher.away = true;

        assertRefused(issuer.token(TestTokens.support()), TokenProblem.ISSUER_UNAVAILABLE);
    }

    @Test
    @Timeout(30)
    void an_issuer_that_was_never_reached_keeps_nobody_waiting_but_who_asks() {
        // Given
        String token = issuer.token(TestTokens.support());
        fetcher.away = true;
        assertRefused(token, TokenProblem.ISSUER_UNAVAILABLE);
        clock.move(IssuerKeys.BETWEEN_TRIES);
        fetcher.held = new CountDownLatch(1);
        var asking = CompletableFuture.runAsync(
                () -> assertRefused(token, TokenProblem.ISSUER_UNAVAILABLE),
                task -> Thread.ofVirtual().start(task));
        await().until(() -> fetcher.count == 2);

        // When
        for (int i = 0; i < 20; i++) {
            assertRefused(token, TokenProblem.ISSUER_UNAVAILABLE);
        }

        // Then
        assertThat(asking).isNotDone();
        fetcher.held.countDown();
        assertThat(asking).succeedsWithin(Duration.ofSeconds(10));
        assertThat(fetcher.count).isEqualTo(2);
    }

    @Test
    void an_issuer_that_was_never_reached_is_asked_again_after_a_pause() {
        String token = issuer.token(TestTokens.support());
        fetcher.away = true;
        assertRefused(token, TokenProblem.ISSUER_UNAVAILABLE);
        fetcher.away = false;

        assertRefused(token, TokenProblem.ISSUER_UNAVAILABLE);
        clock.move(IssuerKeys.BETWEEN_TRIES);

        assertThat(tokens.caller(token).subject()).isEqualTo("auth0|sam");
    }

    @Test
    void A14_a_token_that_is_known_is_taken_no_longer_than_its_issuers_keys() {
        // Given
        String token =
                issuer.token(TestTokens.support().expiring(clock.instant().plus(Duration.ofHours(3))));
        tokens.caller(token);
        fetcher.away = true;

        // When
        clock.move(KEYS_MAX_AGE.plus(IssuerKeys.MAX_OUTAGE));
        assertThat(tokens.caller(token).subject()).isEqualTo("auth0|sam");
        clock.move(Duration.ofSeconds(1));

        // Then
        assertRefused(token, TokenProblem.ISSUER_UNAVAILABLE);
    }

    private void assertRefused(String token, TokenProblem problem) {
        TokenRefusedException refused = catchThrowableOfType(TokenRefusedException.class, () -> tokens.caller(token));
        assertThat(refused).as("refusal of %s", problem).isNotNull();
        assertThat(refused.problem()).isEqualTo(problem);
    }

    private final class CountingFetcher implements KeySetFetcher {

        private final DiscoveredKeySets real = new DiscoveredKeySets();
        private volatile int count;
        private volatile boolean away;
        private volatile CountDownLatch held = new CountDownLatch(0);

        @Override
        public JWKSet fetch(String url) throws IOException {
            count++;
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (away) {
                throw new IOException("away");
            }
            return real.fetch(url);
        }
    }
}
