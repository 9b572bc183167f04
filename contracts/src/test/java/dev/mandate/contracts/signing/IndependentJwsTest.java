package dev.mandate.contracts.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.mandate.contracts.RawJws;
import dev.mandate.contracts.TestKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we sign, code that is not ours verifies; and the other way round. */
class IndependentJwsTest {

    @TempDir
    Path directory;

    @Test
    void what_we_sign_another_library_verifies() throws Exception {
        // Given
        TestKeys keys = TestKeys.in(directory, Clock.systemUTC());
        String jws = keys.intakeSigner().sign(StatementType.COMMAND, "{}".getBytes(StandardCharsets.UTF_8));

        // When
        JWSObject parsed = JWSObject.parse(jws);

        // Then
        assertThat(parsed.verify(new Ed25519Verifier(publicKey(keys.intakeKey()))))
                .isTrue();
        assertThat(parsed.getHeader().toJSONObject())
                .isEqualTo(Map.of(
                        "typ",
                        "mandate-command+jwt",
                        "alg",
                        "Ed25519",
                        "kid",
                        keys.intakeKey().kid()));
        assertThat(parsed.verify(new Ed25519Verifier(publicKey(keys.workerKey()))))
                .isFalse();
    }

    @Test
    void what_another_library_signs_we_verify() throws Exception {
        // Given
        TestKeys keys = TestKeys.in(directory, Clock.systemUTC());
        byte[] pkcs8 = RawJws.activeKey(keys.intakeSigning()).getEncoded();
        var key = new OctetKeyPair.Builder(
                        Curve.Ed25519, new Base64URL(keys.intakeKey().x()))
                .d(Base64URL.encode(Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length)))
                .build();
        var jws = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.Ed25519)
                        .type(new JOSEObjectType("mandate-command+jwt"))
                        .keyID(keys.intakeKey().kid())
                        .build(),
                new Payload("{}"));
        jws.sign(new Ed25519Signer(key));

        // When
        Verifier.Verified verified = keys.verifier()
                .verify(
                        jws.serialize().getBytes(StandardCharsets.US_ASCII),
                        Set.of(StatementType.COMMAND),
                        Clock.systemUTC().instant());

        // Then
        assertThat(verified.kid()).isEqualTo(keys.intakeKey().kid());
    }

    private static OctetKeyPair publicKey(PublicKeyEntry entry) {
        return new OctetKeyPair.Builder(Curve.Ed25519, new Base64URL(entry.x())).build();
    }
}
