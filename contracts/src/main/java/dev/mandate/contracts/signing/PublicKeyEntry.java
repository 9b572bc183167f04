package dev.mandate.contracts.signing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A public key as it stands in the key ring's directory, one file {@code <kid>.jwk.json} each: a JWK (RFC 7517, RFC
 * 8037) with its owner, what it may sign, and when.
 *
 * @param kty always {@code OKP}
 * @param crv {@code Ed25519} for signatures, {@code X25519} for sealing
 * @param x the public key's 32 bytes, base64url
 * @param kid the key's name, {@code <role>-<date>-<first 8 of the RFC 7638 thumbprint>}
 * @param alg {@code Ed25519} or {@code ECDH-ES+A256KW}: the only algorithm that the key is used with
 * @param use {@code sig} or {@code enc}
 * @param owner the role that holds the private key: {@code intake} or {@code worker}
 * @param types the {@code typ}s that it may sign; empty for sealing
 * @param notBefore from when on the key is valid
 * @param expires from when on it is retired; absent while it is in service
 */
public record PublicKeyEntry(
        @JsonProperty(value = "kty", required = true) String kty,
        @JsonProperty(value = "crv", required = true) String crv,
        @JsonProperty(value = "x", required = true) String x,
        @JsonProperty(value = "kid", required = true) String kid,
        @JsonProperty(value = "alg", required = true) String alg,
        @JsonProperty(value = "use", required = true) String use,
        @JsonProperty(value = "owner", required = true) String owner,
        @JsonProperty(value = "types", required = true) List<String> types,
        @JsonProperty(value = "nbf", required = true) Instant notBefore,
        @JsonProperty("exp") Optional<Instant> expires) {

    /** The JWS algorithm of signing keys. */
    public static final String SIGNING_ALGORITHM = Ed25519.ALGORITHM;

    /** The JWE algorithm of sealing keys (RFC 8037 §3.2). */
    public static final String SEALING_ALGORITHM = "ECDH-ES+A256KW";

    private static final String KTY = "OKP";
    private static final int MAX_KID = 100;

    /** @throws IllegalArgumentException when the parts don't belong together */
    public PublicKeyEntry {
        boolean signing = crv.equals("Ed25519") && alg.equals(SIGNING_ALGORITHM) && use.equals("sig");
        boolean sealing = crv.equals("X25519") && alg.equals(SEALING_ALGORITHM) && use.equals("enc") && types.isEmpty();
        if (!kty.equals(KTY) || !(signing || sealing) || kid.isBlank() || kid.length() > MAX_KID) {
            throw new IllegalArgumentException("Not a key that Mandate uses: " + crv + ", " + alg + ", " + use);
        }
        types = List.copyOf(types);
    }

    /** Whether this is a signing key. */
    public boolean signs() {
        return use.equals("sig");
    }

    /** Whether the key is in service at this time. */
    public boolean validAt(Instant time) {
        return !time.isBefore(notBefore) && expires.map(time::isBefore).orElse(true);
    }

    /** The public key's bytes. */
    public byte[] raw() {
        return Base64.getUrlDecoder().decode(x);
    }
}
