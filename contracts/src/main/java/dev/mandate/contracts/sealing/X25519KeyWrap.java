package dev.mandate.contracts.sealing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWECryptoParts;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.impl.AAD;
import com.nimbusds.jose.crypto.impl.ECDHCryptoProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Nimbus' ECDH-ES with the JDK's X25519 (RFC 7748) in place of the library that Nimbus would need for it. Only the
 * agreement on the shared secret is done here.
 */
final class X25519KeyWrap {

    private static final String ALGORITHM = "X25519";
    private static final byte[] X509_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x03, 0x21, 0x00};
    private static final int RAW_LENGTH = 32;

    private X25519KeyWrap() {}

    static PrivateKey privateKey(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not an X25519 private key in PKCS#8", e);
        }
    }

    private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + RAW_LENGTH);
        System.arraycopy(raw, 0, encoded, X509_PREFIX.length, RAW_LENGTH);
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - RAW_LENGTH, encoded.length);
    }

    static SecretKey sharedSecret(PrivateKey mine, byte[] theirs) throws JOSEException {
        try {
            if (theirs.length != RAW_LENGTH) {
                throw new JOSEException("An X25519 public key has 32 bytes");
            }
            KeyAgreement agreement = KeyAgreement.getInstance(ALGORITHM);
            agreement.init(mine);
            agreement.doPhase(publicKey(theirs), true);
            byte[] secret = agreement.generateSecret();
            // A point of small order gives all zeros (RFC 7748 §6.1); everybody would know the key.
            if (MessageDigest.isEqual(secret, new byte[secret.length])) {
                throw new JOSEException("The shared secret is all zero");
            }
            return new SecretKeySpec(secret, "AES");
        } catch (GeneralSecurityException e) {
            throw new JOSEException("X25519 failed", e);
        }
    }

    /** The key of whoever sealed, of that one value or of a few. */
    static OctetKeyPair ephemeral(JWEHeader header) throws JOSEException {
        if (header.getEphemeralPublicKey() instanceof OctetKeyPair ephemeral
                && Curve.X25519.equals(ephemeral.getCurve())) {
            return ephemeral;
        }
        throw new JOSEException("The ephemeral key is not one of X25519");
    }

    /**
     * One agreement with a reader, on the key that wraps the content keys: each value has one of its own. The agreement
     * takes some six times as long as all the rest. May be used by several threads.
     */
    static final class Encrypter extends ECDHCryptoProvider implements JWEEncrypter {

        private final OctetKeyPair ephemeral;
        private final SecretKey secret;

        Encrypter(byte[] reader) throws JOSEException {
            super(Curve.X25519, null);
            KeyPair pair;
            try {
                pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new JOSEException("X25519 is missing", e);
            }
            this.ephemeral = new OctetKeyPair.Builder(Curve.X25519, Base64URL.encode(raw(pair.getPublic()))).build();
            this.secret = sharedSecret(pair.getPrivate(), reader);
        }

        @Override
        public Set<Curve> supportedEllipticCurves() {
            return Set.of(Curve.X25519);
        }

        @Override
        public JWECryptoParts encrypt(JWEHeader header, byte[] clearText, byte @Nullable [] aad) throws JOSEException {
            JWEHeader complete =
                    new JWEHeader.Builder(header).ephemeralPublicKey(ephemeral).build();
            return encryptWithZ(complete, secret, clearText, AAD.compute(complete));
        }
    }

    static final class Decrypter extends ECDHCryptoProvider implements JWEDecrypter {

        private final SecretKey secret;

        /** @param secret what was agreed upon with whoever sealed */
        Decrypter(SecretKey secret) throws JOSEException {
            super(Curve.X25519, null);
            this.secret = secret;
        }

        @Override
        public Set<Curve> supportedEllipticCurves() {
            return Set.of(Curve.X25519);
        }

        @Override
        public byte[] decrypt(
                JWEHeader header,
                @Nullable Base64URL encryptedKey,
                @Nullable Base64URL iv,
                Base64URL cipherText,
                @Nullable Base64URL authTag,
                byte[] aad)
                throws JOSEException {
            return decryptWithZ(header, aad, secret, encryptedKey, iv, cipherText, authTag);
        }
    }
}
