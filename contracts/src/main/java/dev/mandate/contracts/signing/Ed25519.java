package dev.mandate.contracts.signing;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ed25519 (RFC 8032 §5.1) as the JWS algorithm {@value #ALGORITHM} (RFC 9864 §2.2), by the fastest provider that works
 * on this machine: Amazon Corretto Crypto where its native library loads, else BouncyCastle, else the JDK. The provider
 * is passed explicitly to every call and never installed globally.
 */
public final class Ed25519 {

    /** The value of the header parameter {@code alg}. */
    public static final String ALGORITHM = "Ed25519";

    private static final Logger LOG = LoggerFactory.getLogger(Ed25519.class);
    private static final byte[] X509_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
    private static final int RAW_LENGTH = 32;
    private static final Ed25519 CHOSEN = choose();

    private final Provider provider;

    private Ed25519(Provider provider) {
        this.provider = provider;
    }

    /** The provider that was chosen for this process, at its start. */
    public static Ed25519 chosen() {
        return CHOSEN;
    }

    /** Every provider that works on this machine, fastest first: for tests that hold them against one another. */
    static List<Ed25519> available() {
        return candidates().filter(Ed25519::works).toList();
    }

    /** The provider's name, for logs and metrics. */
    public String provider() {
        return provider.getName();
    }

    byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM, provider);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing failed with " + provider.getName(), e);
        }
    }

    boolean verify(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verification = Signature.getInstance(ALGORITHM, provider);
            verification.initVerify(key);
            verification.update(message);
            return verification.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** A public key from its 32 bytes (RFC 8032 §5.1.2). */
    PublicKey publicKey(byte[] raw) {
        if (raw.length != RAW_LENGTH) {
            throw new IllegalArgumentException("An Ed25519 public key has 32 bytes");
        }
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + raw.length);
        System.arraycopy(raw, 0, encoded, X509_PREFIX.length, raw.length);
        try {
            return keyFactory().generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not an Ed25519 public key", e);
        }
    }

    /** A private key from its PKCS#8 encoding (RFC 8410 §7). */
    PrivateKey privateKey(byte[] pkcs8) {
        try {
            return keyFactory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not an Ed25519 private key in PKCS#8", e);
        }
    }

    private KeyFactory keyFactory() throws GeneralSecurityException {
        return provider.getService("KeyFactory", ALGORITHM) == null
                ? KeyFactory.getInstance(ALGORITHM)
                : KeyFactory.getInstance(ALGORITHM, provider);
    }

    private static Ed25519 choose() {
        Ed25519 chosen = candidates()
                .filter(Ed25519::works)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No provider of Ed25519 works"));
        LOG.atInfo().addKeyValue("provider", chosen.provider()).log("Signature provider chosen");
        return chosen;
    }

    private static Stream<Ed25519> candidates() {
        return Stream.<Supplier<@Nullable Provider>>of(
                        () -> AmazonCorrettoCryptoProvider.INSTANCE,
                        BouncyCastleProvider::new,
                        () -> Security.getProvider("SunEC"))
                .flatMap(candidate -> loaded(candidate).stream())
                .map(Ed25519::new);
    }

    /** A provider whose native library is not for this machine may already fail when its class is loaded. */
    private static Optional<Provider> loaded(Supplier<@Nullable Provider> candidate) {
        try {
            return Optional.ofNullable(candidate.get());
        } catch (LinkageError e) {
            LOG.atWarn().log("A signature provider can't be loaded here");
            return Optional.empty();
        }
    }

    /** RFC 8032 §7.1, test 1: a provider that can't even do this is passed over. */
    private static boolean works(Ed25519 candidate) {
        try {
            if (candidate.provider instanceof AmazonCorrettoCryptoProvider corretto) {
                corretto.assertHealthy();
            }
            byte[] raw = HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
            byte[] signature = HexFormat.of()
                    .parseHex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                            + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
            return candidate.verify(candidate.publicKey(raw), new byte[0], signature);
        } catch (RuntimeException | LinkageError e) {
            LOG.atWarn().addKeyValue("provider", candidate.provider()).log("Signature provider does not work here");
            return false;
        }
    }
}
