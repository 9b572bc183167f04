package dev.mandate.contracts.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.X25519Decrypter;
import com.nimbusds.jose.crypto.X25519Encrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.mandate.contracts.RawJws;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.signing.Pem;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.contracts.topic.Bind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {

    private static final SealingContext CONTEXT = SealingContext.argument("id-1", "/body/password");
    private static final byte[] SECRET = "correct horse battery staple".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private TestKeys keys;

    @BeforeEach
    void makeKeys() {
        keys = TestKeys.in(directory, Clock.systemUTC());
    }

    @Test
    void what_is_sealed_to_the_worker_the_worker_opens() throws Exception {
        String sealed = keys.sealerTo("worker").seal(CONTEXT, SECRET);
        assertThat(keys.workerOpener().open(CONTEXT, sealed)).isEqualTo(SECRET);
        assertThat(sealed).doesNotContain("horse");
    }

    @Test
    void sealing_twice_gives_two_different_values() {
        Sealer sealer = keys.sealerTo("worker");
        assertThat(sealer.seal(CONTEXT, SECRET)).isNotEqualTo(sealer.seal(CONTEXT, SECRET));
    }

    @Test
    void values_that_share_an_agreement_share_neither_content_key_nor_nonce() throws Exception {
        // Given
        Sealer sealer = keys.sealerTo("worker");

        // When
        JWEObject one = JWEObject.parse(sealer.seal(CONTEXT, SECRET));
        JWEObject other = JWEObject.parse(sealer.seal(CONTEXT, SECRET));

        // Then
        assertThat(other.getHeader().getEphemeralPublicKey())
                .isEqualTo(one.getHeader().getEphemeralPublicKey());
        assertThat(other.getEncryptedKey()).isNotEqualTo(one.getEncryptedKey());
        assertThat(other.getIV()).isNotEqualTo(one.getIV());
        for (JWEObject jwe : List.of(one, other)) {
            jwe.decrypt(new X25519Decrypter(workerKey()));
            assertThat(jwe.getPayload().toBytes()).isEqualTo(SECRET);
        }
    }

    @Test
    void an_agreement_serves_for_a_minute_and_for_no_more_than_a_thousand_values() throws Exception {
        // Given
        var now = new AtomicLong(Long.MAX_VALUE - 1);
        var sealer = new Sealer(keys.keyRing(), "worker", now::get);
        Set<String> agreements = new LinkedHashSet<>();

        // When, then
        for (int i = 0; i < Sealer.USES; i++) {
            agreements.add(ephemeral(sealer));
        }
        assertThat(agreements).hasSize(1);

        agreements.add(ephemeral(sealer));
        assertThat(agreements).hasSize(2);

        now.addAndGet(Duration.ofSeconds(61).toNanos());
        agreements.add(ephemeral(sealer));
        assertThat(agreements).hasSize(3);
    }

    private static String ephemeral(Sealer sealer) throws Exception {
        return JWEObject.parse(sealer.seal(CONTEXT, SECRET))
                .getHeader()
                .getEphemeralPublicKey()
                .toJSONString();
    }

    @Test
    void nobody_but_the_reader_can_open_it() {
        String sealed = keys.sealerTo("worker").seal(CONTEXT, SECRET);
        assertRefused(keys.intakeOpener(), CONTEXT, sealed);
    }

    @Test
    void a_sealed_value_can_not_be_moved_into_another_context() {
        String sealed = keys.sealerTo("worker").seal(CONTEXT, SECRET);
        for (SealingContext other : List.of(
                SealingContext.argument("id-2", "/body/password"),
                SealingContext.argument("id-1", "/body/email"),
                SealingContext.token("hash", "id-1", Instant.EPOCH, new Bind("topic", 0, "key")),
                SealingContext.result("id-1", "https://issuer/", Optional.empty(), "auth0|uma"))) {
            assertRefused(keys.workerOpener(), other, sealed);
        }
    }

    @Test
    void an_answer_is_opened_for_its_requester_alone() throws Exception {
        var requesters = List.of(
                SealingContext.result("id-1", "https://issuer/", Optional.empty(), "auth0|uma"),
                SealingContext.result("id-1", "https://issuer/", Optional.of("org_1"), "auth0|uma"),
                SealingContext.result("id-1", "https://issuer/", Optional.of("org_2"), "auth0|uma"),
                SealingContext.result("id-1", "https://other/", Optional.empty(), "auth0|uma"),
                SealingContext.result("id-1", "https://issuer/", Optional.empty(), "auth0|gus"),
                SealingContext.result("id-2", "https://issuer/", Optional.empty(), "auth0|uma"));
        for (SealingContext requester : requesters) {
            String sealed = keys.sealerTo("intake").seal(requester, SECRET);
            assertThat(keys.intakeOpener().open(requester, sealed)).isEqualTo(SECRET);
            for (SealingContext other : requesters) {
                if (!other.equals(requester)) {
                    assertRefused(keys.intakeOpener(), other, sealed);
                }
            }
        }
        assertThat(requesters).doesNotHaveDuplicates();
    }

    @Test
    void the_context_can_not_be_rewritten() {
        String sealed = keys.sealerTo("worker").seal(CONTEXT, SECRET);
        String rewritten = withHeader(sealed, header -> header.replace("id-1", "id-2"));
        assertRefused(keys.workerOpener(), SealingContext.argument("id-2", "/body/password"), rewritten);
    }

    @Test
    void another_library_opens_what_we_seal() throws Exception {
        // Given
        JWEObject jwe = JWEObject.parse(keys.sealerTo("worker").seal(CONTEXT, SECRET));

        // When
        jwe.decrypt(new X25519Decrypter(workerKey()));

        // Then
        assertThat(jwe.getPayload().toBytes()).isEqualTo(SECRET);
        assertThat(jwe.getHeader().toJSONObject().keySet()).isEqualTo(Set.of("alg", "enc", "kid", "epk", "ctx"));
    }

    @Test
    void we_open_what_another_library_seals() throws Exception {
        // Given
        OctetKeyPair key = workerKey();
        var jwe = new JWEObject(
                new JWEHeader.Builder(JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM)
                        .keyID(key.getKeyID())
                        .customParam("ctx", CONTEXT.value())
                        .build(),
                new Payload(SECRET));
        jwe.encrypt(new X25519Encrypter(key.toPublicJWK()));

        // When, then
        assertThat(keys.workerOpener().open(CONTEXT, jwe.serialize())).isEqualTo(SECRET);
    }

    @Test
    void a_value_with_any_part_altered_is_refused() {
        String sealed = keys.sealerTo("worker").seal(CONTEXT, SECRET);
        String[] parts = sealed.split("\\.");
        for (int part = 1; part < parts.length; part++) {
            String[] altered = parts.clone();
            altered[part] = (altered[part].charAt(0) == 'A' ? 'B' : 'A') + altered[part].substring(1);
            assertRefused(keys.workerOpener(), CONTEXT, String.join(".", altered));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"zip\":\"DEF\"",
                "\"crit\":[\"x\"],\"x\":1",
                "\"jwk\":{\"kty\":\"OKP\"}",
                "\"jku\":\"https://attacker.example/\"",
                "\"apu\":\"QQ\"",
                "\"typ\":\"JWE\""
            })
    void A8_a_header_with_anything_more_is_refused(String member) {
        String sealed = keys.sealerTo("worker").seal(CONTEXT, SECRET);
        assertRefused(
                keys.workerOpener(), CONTEXT, withHeader(sealed, header -> "{" + member + "," + header.substring(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ECDH-ES", "ECDH-ES+A128KW", "dir", "RSA-OAEP", "none"})
    void A4_another_algorithm_is_refused(String algorithm) {
        String sealed = keys.sealerTo("worker").seal(CONTEXT, SECRET);
        assertRefused(
                keys.workerOpener(),
                CONTEXT,
                withHeader(sealed, header -> header.replace("ECDH-ES+A256KW", algorithm)));
    }

    @Test
    void an_ephemeral_key_that_makes_the_shared_secret_zero_is_refused() {
        String sealed = keys.sealerTo("worker").seal(CONTEXT, SECRET);
        for (byte first : new byte[] {0, 1}) {
            byte[] smallOrder = new byte[32];
            smallOrder[0] = first;
            String zero = withHeader(
                    sealed,
                    header -> header.replaceAll("\"x\":\"[^\"]+\"", "\"x\":\"" + RawJws.encode(smallOrder) + "\""));
            assertRefused(keys.workerOpener(), CONTEXT, zero);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "....", "a.b.c", "{}", "eyJhbGciOiJub25lIn0...."})
    void what_is_no_sealed_value_is_refused(String text) {
        assertRefused(keys.workerOpener(), CONTEXT, text);
    }

    @Test
    void a_destroyed_key_leaves_nothing_to_be_opened() throws Exception {
        // Given
        String sealed = keys.sealerTo("worker").seal(CONTEXT, SECRET);
        String old = workerKey().getKeyID();
        PublicKeyEntry next = dev.mandate.contracts.signing.KeyFiles.generate(
                keys.workerSealing(), "worker", Set.of(), java.time.Instant.EPOCH.plusSeconds(1));
        dev.mandate.contracts.signing.KeyFiles.activate(keys.workerSealing(), next.kid());
        assertThat(keys.workerOpener().open(CONTEXT, sealed)).isEqualTo(SECRET);

        // When
        Files.delete(keys.workerSealing().resolve(old + ".pem"));

        // Then
        assertRefused(keys.workerOpener(), CONTEXT, sealed);
    }

    private OctetKeyPair workerKey() throws Exception {
        String kid = Files.readString(keys.workerSealing().resolve("active")).strip();
        PublicKeyEntry entry = keys.keyRing().entries().stream()
                .filter(one -> one.kid().equals(kid))
                .findFirst()
                .orElseThrow();
        byte[] pkcs8 = Pem.read(keys.workerSealing().resolve(kid + ".pem"));
        return new OctetKeyPair.Builder(Curve.X25519, new Base64URL(entry.x()))
                .d(Base64URL.encode(Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length)))
                .keyID(kid)
                .build();
    }

    private static String withHeader(String sealed, UnaryOperator<String> change) {
        int dot = sealed.indexOf('.');
        String header =
                new String(java.util.Base64.getUrlDecoder().decode(sealed.substring(0, dot)), StandardCharsets.UTF_8);
        String changed = change.apply(header);
        assertThat(changed).isNotEqualTo(header);
        return RawJws.encode(changed.getBytes(StandardCharsets.UTF_8)) + sealed.substring(dot);
    }

    private static void assertRefused(Opener opener, SealingContext context, String sealed) {
        assertThatThrownBy(() -> opener.open(context, sealed))
                .isInstanceOf(UnsealException.class)
                .hasMessageNotContaining("horse");
    }
}
