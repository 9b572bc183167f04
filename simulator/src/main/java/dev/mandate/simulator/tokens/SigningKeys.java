package dev.mandate.simulator.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tenant's RS256 signing keys: one that signs, and every one that is still published. */
public final class SigningKeys {

    private static final int BITS = 2048;

    private List<RSAKey> published;

    /** One fresh key. */
    public SigningKeys() {
        published = List.of(fresh());
    }

    /** Makes a new key sign from now on; earlier ones stay published. */
    public synchronized void rotate() {
        List<RSAKey> next = new ArrayList<>();
        next.add(fresh());
        next.addAll(published);
        published = List.copyOf(next);
    }

    /** Stops publishing every key but the one that signs, so that older tokens become invalid. */
    public synchronized void revokePrevious() {
        published = List.of(published.getFirst());
    }

    /** The key that signs, private part included. */
    public synchronized RSAKey current() {
        return published.getFirst();
    }

    /** The public keys, as the JWKS document holds them. */
    public synchronized JWKSet publicKeys() {
        return new JWKSet(published.stream()
                .map(key -> (com.nimbusds.jose.jwk.JWK) key.toPublicJWK())
                .toList());
    }

    /** A token of this type over these claims, signed with the current key. */
    String sign(String type, Payload claims) {
        RSAKey key = current();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new com.nimbusds.jose.JOSEObjectType(type))
                .keyID(key.getKeyID())
                .build();
        JWSObject token = new JWSObject(header, claims);
        try {
            var signer = new RSASSASigner(key);
            NativeCrypto.provider().ifPresent(signer.getJCAContext()::setProvider);
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("An RSA key that can't sign", e);
        }
        return token.serialize();
    }

    /** Whether a token carries the signature of a published key. */
    boolean verifies(JWSObject token) {
        return JWSAlgorithm.RS256.equals(token.getHeader().getAlgorithm())
                && published(token.getHeader().getKeyID())
                        .filter(key -> verifies(token, key))
                        .isPresent();
    }

    private synchronized Optional<RSAKey> published(String kid) {
        return published.stream().filter(key -> key.getKeyID().equals(kid)).findFirst();
    }

    private static boolean verifies(JWSObject token, RSAKey key) {
        try {
            return token.verify(new RSASSAVerifier(key.toRSAPublicKey()));
        } catch (JOSEException e) {
            return false;
        }
    }

    private static RSAKey fresh() {
        try {
            RSAKeyGenerator generator = new RSAKeyGenerator(BITS);
            NativeCrypto.provider().ifPresent(generator::provider);
            return generator
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("This JDK can't make RSA keys", e);
        }
    }
}
