package dev.mandate.contracts.sealing;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.PublicKeyEntry;

/**
 * Seals bytes to one role's current sealing key: compact JWE, {@code ECDH-ES+A256KW} with {@code A256GCM} on X25519
 * (RFC 7518 §4.6, RFC 8037 §3.2). The context stands in the protected header as {@code ctx}, so it is authenticated and
 * what was sealed for one purpose can't be opened for another.
 */
public final class Sealer {

    static final String CONTEXT = "ctx";

    private final KeyRing ring;
    private final String reader;

    /** A sealer whose seals only this role can open: {@code worker} or {@code intake}. */
    public Sealer(KeyRing ring, String reader) {
        this.ring = ring;
        this.reader = reader;
    }

    /**
     * Seals bytes.
     *
     * @return the compact JWE
     * @throws IllegalStateException when the reader has no sealing key in the ring
     */
    public String seal(SealingContext context, byte[] plaintext) {
        PublicKeyEntry key = ring.sealingKey(reader)
                .orElseThrow(() -> new IllegalStateException("The ring has no sealing key of " + reader));
        JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM)
                .keyID(key.kid())
                .customParam(CONTEXT, context.value())
                .build();
        var jwe = new JWEObject(header, new Payload(plaintext));
        try {
            jwe.encrypt(new X25519KeyWrap.Encrypter(key.raw()));
        } catch (JOSEException e) {
            throw new IllegalStateException("Sealing to " + key.kid() + " failed", e);
        }
        return jwe.serialize();
    }
}
