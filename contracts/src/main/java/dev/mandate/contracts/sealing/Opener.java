package dev.mandate.contracts.sealing;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.mandate.contracts.signing.PrivateKeyDirectory;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.text.ParseException;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;

/** Opens what was sealed to this process's role, with the X25519 keys of a {@link PrivateKeyDirectory}. */
public final class Opener {

    private static final Set<String> HEADER = Set.of("alg", "enc", "kid", "epk", Sealer.CONTEXT);

    /** More than are in use at a time: a sealer makes a new agreement every minute, or after so many values. */
    private static final int AGREEMENTS = 256;

    private final PrivateKeyDirectory<PrivateKey> keys;

    /** What was agreed upon, by the name of our key and the other side's key: one agreement serves many values. */
    private final Map<Agreement, SecretKey> agreed =
            Collections.synchronizedMap(new LinkedHashMap<>(AGREEMENTS, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Agreement, SecretKey> eldest) {
                    return size() > AGREEMENTS;
                }
            });

    private record Agreement(String mine, Base64URL theirs) {}

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
     * @throws UnsealException when it can't be opened, for whatever reason; {@link UnsealException.KeyMissing} if that
     *     is its key
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
            PrivateKey key =
                    keys.find(header.getKeyID()).orElseThrow(() -> new UnsealException.KeyMissing(header.getKeyID()));
            jwe.decrypt(new X25519KeyWrap.Decrypter(secret(key, header)));
            return jwe.getPayload().toBytes();
        } catch (ParseException | JOSEException | RuntimeException e) {
            // The library throws what it likes (NullPointerException, for one) at a header without "enc".
            throw new UnsealException("Not a sealed value, or altered");
        }
    }

    private SecretKey secret(PrivateKey key, JWEHeader header) throws JOSEException {
        OctetKeyPair ephemeral = X25519KeyWrap.ephemeral(header);
        var agreement = new Agreement(header.getKeyID(), ephemeral.getX());
        SecretKey known = agreed.get(agreement);
        if (known == null) {
            known = X25519KeyWrap.sharedSecret(key, ephemeral.getDecodedX());
            agreed.put(agreement, known);
        }
        return known;
    }
}
