package dev.mandate.contracts.sealing;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.PublicKeyEntry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Seals bytes to one role's current sealing key: compact JWE, {@code ECDH-ES+A256KW} with {@code A256GCM} on X25519
 * (RFC 7518 §4.6, RFC 8037 §3.2). The context stands in the protected header as {@code ctx}, so it is authenticated and
 * what was sealed for one purpose can't be opened for another.
 *
 * <p>One key agreement, with an ephemeral key of its own, serves for the values of a minute at the most, and no more
 * than {@value #USES}: each is encrypted under a random key of its own, which only that agreement's key wraps.
 */
public final class Sealer {

    static final String CONTEXT = "ctx";

    static final int USES = 1_000;
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final KeyRing ring;
    private final String reader;
    private final LongSupplier nanos;
    private volatile @Nullable Agreed last;

    private record Agreed(String kid, X25519KeyWrap.Encrypter encrypter, long until, AtomicInteger left) {

        boolean isGood(String current, long now) {
            return kid.equals(current) && now - until < 0 && left.getAndDecrement() > 0;
        }
    }

    /** A sealer whose seals only this role can open: {@code worker} or {@code intake}. */
    public Sealer(KeyRing ring, String reader) {
        this(ring, reader, System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime} */
    Sealer(KeyRing ring, String reader, LongSupplier nanos) {
        this.ring = ring;
        this.reader = reader;
        this.nanos = nanos;
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
            jwe.encrypt(agreement(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("Sealing to " + key.kid() + " failed", e);
        }
        return jwe.serialize();
    }

    /** Two threads that come at once may each make one, of which one is kept. */
    private X25519KeyWrap.Encrypter agreement(PublicKeyEntry key) throws JOSEException {
        Agreed known = last;
        if (known != null && known.isGood(key.kid(), nanos.getAsLong())) {
            return known.encrypter();
        }
        var fresh = new X25519KeyWrap.Encrypter(key.raw());
        last = new Agreed(key.kid(), fresh, nanos.getAsLong() + LIFE.toNanos(), new AtomicInteger(USES - 1));
        return fresh;
    }
}
