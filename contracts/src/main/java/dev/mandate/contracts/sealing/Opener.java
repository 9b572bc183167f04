package dev.mandate.contracts.sealing;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import dev.mandate.contracts.signing.PrivateKeyDirectory;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.text.ParseException;
import java.time.Clock;
import java.util.Set;

/** Opens what was sealed to this process's role, with the X25519 keys of a {@link PrivateKeyDirectory}. */
public final class Opener {

    private static final Set<String> HEADER = Set.of("alg", "enc", "kid", "epk", Sealer.CONTEXT);

    private final PrivateKeyDirectory<PrivateKey> keys;

    /**
     * An opener with the keys in this directory.
     *
     * @throws IllegalStateException when the directory can't be used
     */
    public Opener(Path directory, Clock clock) {
        this.keys = new PrivateKeyDirectory<>(directory, X25519KeyWrap::privateKey, clock);
    }

    /**
     * Opens a sealed value.
     *
     * @param context what it must have been sealed for
     * @throws UnsealException when it can't be opened, for whatever reason
     */
    public byte[] open(SealingContext context, String sealed) throws UnsealException {
        try {
            JWEObject jwe = JWEObject.parse(sealed);
            JWEHeader header = jwe.getHeader();
            if (!header.toJSONObject().keySet().equals(HEADER)
                    || !JWEAlgorithm.ECDH_ES_A256KW.equals(header.getAlgorithm())
                    || !EncryptionMethod.A256GCM.equals(header.getEncryptionMethod())) {
                throw new UnsealException("The header is not that of a sealed value");
            }
            if (!context.value().equals(header.getCustomParam(Sealer.CONTEXT))) {
                throw new UnsealException("Sealed for another context");
            }
            PrivateKey key = keys.find(header.getKeyID())
                    .orElseThrow(() -> new UnsealException("Sealed to a key that is not here"));
            jwe.decrypt(new X25519KeyWrap.Decrypter(key));
            return jwe.getPayload().toBytes();
        } catch (ParseException | JOSEException | RuntimeException e) {
            // The library throws what it likes (NullPointerException, for one) at a header without "enc".
            throw new UnsealException("Not a sealed value, or altered");
        }
    }
}
