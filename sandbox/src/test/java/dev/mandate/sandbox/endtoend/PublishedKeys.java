package dev.mandate.sandbox.endtoend;

import java.nio.charset.StandardCharsets;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.EdDsaAlgorithm;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** The published JWKS in the hands of jose4j, which Mandate does not use. */
final class PublishedKeys {

    private static final String ALGORITHM = "Ed25519";

    static {
        // RFC 9864 gave EdDSA with this curve a name of its own, which this library does not know yet.
        var algorithm = new EdDsaAlgorithm();
        algorithm.setAlgorithmIdentifier(ALGORITHM);
        AlgorithmFactoryFactory.getInstance().getJwsAlgorithmFactory().registerAlgorithm(algorithm);
    }

    private final JsonWebKeySet keys;

    PublishedKeys(String jwks) throws JoseException {
        keys = new JsonWebKeySet(jwks);
    }

    /** Whether this is a compact JWS whose signature fits one of the keys, the one that its header names. */
    boolean verify(byte[] value) {
        try {
            var jws = new JsonWebSignature();
            jws.setAlgorithmConstraints(
                    new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, ALGORITHM));
            jws.setCompactSerialization(new String(value, StandardCharsets.US_ASCII));
            var key = keys.findJsonWebKey(jws.getKeyIdHeaderValue(), "OKP", "sig", ALGORITHM);
            if (key == null) {
                return false;
            }
            jws.setKey(key.getKey());
            return jws.verifySignature();
        } catch (JoseException e) {
            return false;
        }
    }
}
