package dev.mandate.simulator.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.mandate.simulator.http.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A token before it is signed: take it as it is, or bend it first. Drafts are values; every change makes a new one. */
public final class TokenDraft {

    private final String type;
    private final Map<String, Object> claims;
    private final SigningKeys keys;

    TokenDraft(String type, Map<String, Object> claims, SigningKeys keys) {
        this.type = type;
        this.claims = claims;
        this.keys = keys;
    }

    /** The same with another {@code typ}. */
    public TokenDraft type(String other) {
        return new TokenDraft(other, claims, keys);
    }

    /** The same with a claim set. */
    public TokenDraft claim(String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(claims);
        changed.put(name, value);
        return new TokenDraft(type, changed, keys);
    }

    /** The same without a claim. */
    public TokenDraft without(String name) {
        Map<String, Object> changed = new LinkedHashMap<>(claims);
        changed.remove(name);
        return new TokenDraft(type, changed, keys);
    }

    /** The same for another audience. */
    public TokenDraft audience(Object audience) {
        return claim("aud", audience);
    }

    /** The same from another issuer. */
    public TokenDraft issuer(String issuer) {
        return claim("iss", issuer);
    }

    /** The same, expiring at this time. */
    public TokenDraft expiring(Instant at) {
        return claim("exp", at.getEpochSecond());
    }

    /** Signed as the tenant signs. */
    public String signed() {
        return keys.sign(type, payload());
    }

    /** Signed with RS256 by somebody else's key, under that key's id. */
    public String signedBy(RSAKey key) throws JOSEException {
        return signed(JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key));
    }

    /** Signed with HS256, under the id of the tenant's current key; the classic is its public key as the secret. */
    public String signedWithHs256(byte[] secret) throws JOSEException {
        return signed(JWSAlgorithm.HS256, keys.current().getKeyID(), new MACSigner(secret));
    }

    /** Not signed at all: {@code alg: none} and an empty signature. */
    public String unsigned() {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "none");
        header.put("typ", type);
        header.put("kid", keys.current().getKeyID());
        return Base64URL.encode(Json.MAPPER.writeValueAsString(header)) + "."
                + payload().toBase64URL() + ".";
    }

    private String signed(JWSAlgorithm algorithm, String kid, JWSSigner signer) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType(type))
                .keyID(kid)
                .build();
        JWSObject token = new JWSObject(header, payload());
        token.sign(signer);
        return token.serialize();
    }

    private Payload payload() {
        return new Payload(Json.MAPPER.writeValueAsString(claims));
    }
}
