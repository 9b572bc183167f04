package dev.mandate.contracts.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every provider that works on this machine, against the RFC's vectors, against abuse, and against one another. */
class Ed25519Test {

    /** The order of the group (RFC 8032 §5.1). */
    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private record Vector(String name, byte[] secret, byte[] publicKey, byte[] message, byte[] signature) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Vector> vectors() throws IOException {
        try (InputStream file = Ed25519Test.class.getResourceAsStream("rfc8032.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .map(field -> new Vector(field[0], hex(field[1]), hex(field[2]), hex(field[3]), hex(field[4])))
                    .toList();
        }
    }

    private static Stream<Ed25519> providers() {
        return Ed25519.available().stream();
    }

    private static byte[] hex(String text) {
        return text.equals("-") ? new byte[0] : HexFormat.of().parseHex(text);
    }

    @Test
    void at_least_two_providers_are_compared() {
        assertThat(Ed25519.available()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(Ed25519.chosen().provider())
                .isEqualTo(Ed25519.available().getFirst().provider());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void a_provider_signs_and_verifies_the_vectors_of_rfc_8032(Ed25519 provider) throws IOException {
        assertThat(vectors()).hasSize(5);
        for (Vector vector : vectors()) {
            byte[] signature = provider.sign(privateKey(provider, vector.secret()), vector.message());
            assertThat(signature).as(vector.name()).isEqualTo(vector.signature());
            assertThat(provider.verify(provider.publicKey(vector.publicKey()), vector.message(), signature))
                    .as(vector.name())
                    .isTrue();
        }
    }

    @Test
    void what_one_provider_signs_every_other_verifies() throws IOException {
        byte[] message = "a message".getBytes(StandardCharsets.UTF_8);
        Vector vector = vectors().get(1);
        for (Ed25519 signer : Ed25519.available()) {
            byte[] signature = signer.sign(privateKey(signer, vector.secret()), message);
            for (Ed25519 verifier : Ed25519.available()) {
                assertThat(verifier.verify(verifier.publicKey(vector.publicKey()), message, signature))
                        .as(signer.provider() + " to " + verifier.provider())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void A12_a_signature_with_the_groups_order_added_is_refused(Ed25519 provider) throws IOException {
        for (Vector vector : vectors()) {
            byte[] malleable = vector.signature().clone();
            byte[] s = bigEndian(Arrays.copyOfRange(malleable, 32, 64));
            byte[] larger = littleEndian(new BigInteger(1, s).add(L));
            System.arraycopy(larger, 0, malleable, 32, 32);
            assertThat(verifies(provider, vector, malleable)).as(vector.name()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void every_single_flipped_bit_is_refused(Ed25519 provider) throws IOException {
        Vector vector = vectors().get(2);
        for (int bit = 0; bit < vector.signature().length * 8; bit++) {
            byte[] changed = vector.signature().clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(verifies(provider, vector, changed)).as("bit " + bit).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void a_signature_of_another_length_is_refused(Ed25519 provider) throws IOException {
        Vector vector = vectors().get(2);
        for (int length : new int[] {0, 1, 32, 63, 65, 128}) {
            assertThat(verifies(provider, vector, Arrays.copyOf(vector.signature(), length)))
                    .as(length + " bytes")
                    .isFalse();
        }
        assertThat(verifies(provider, vector, new byte[64])).isFalse();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void a_signature_over_another_message_or_by_another_key_is_refused(Ed25519 provider) throws IOException {
        Vector one = vectors().get(1);
        Vector other = vectors().get(2);
        assertThat(provider.verify(provider.publicKey(one.publicKey()), other.message(), one.signature()))
                .isFalse();
        assertThat(provider.verify(provider.publicKey(other.publicKey()), one.message(), one.signature()))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void a_public_key_of_another_length_is_no_key(Ed25519 provider) {
        for (int length : new int[] {0, 31, 33, 64}) {
            assertThatIllegalArgumentException().isThrownBy(() -> provider.publicKey(new byte[length]));
        }
    }

    private static boolean verifies(Ed25519 provider, Vector vector, byte[] signature) {
        return provider.verify(provider.publicKey(vector.publicKey()), vector.message(), signature);
    }

    private static PrivateKey privateKey(Ed25519 provider, byte[] seed) {
        byte[] pkcs8 = Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + seed.length);
        System.arraycopy(seed, 0, pkcs8, PKCS8_PREFIX.length, seed.length);
        return provider.privateKey(pkcs8);
    }

    private static byte[] bigEndian(byte[] littleEndian) {
        byte[] reversed = new byte[littleEndian.length];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = littleEndian[reversed.length - 1 - i];
        }
        return reversed;
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[32];
        for (int i = 0; i < bytes.length && i < 32; i++) {
            padded[i] = bytes[bytes.length - 1 - i];
        }
        return padded;
    }
}
