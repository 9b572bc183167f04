package dev.mandate.contracts.signing;

import java.time.Instant;
import java.util.Set;

/** Verifies compact JWS against a {@link KeyRing}. */
public final class Verifier {

    private final KeyRing ring;
    private final Ed25519 algorithm = Ed25519.chosen();

    /** A verifier that trusts the keys of this ring and no others. */
    public Verifier(KeyRing ring) {
        this.ring = ring;
    }

    /**
     * A statement whose signature holds.
     *
     * @param type what it is
     * @param kid the key that signed it
     * @param payload the signed bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Verified(StatementType type, String kid, byte[] payload) {

        /** {@code sha-256:} and the hexadecimal hash of the payload. */
        public String payloadHash() {
            return Hashes.sha256(payload);
        }
    }

    /**
     * Verifies a compact JWS.
     *
     * @param value the record's value
     * @param allowed the types that may stand where the record was found
     * @param at the time at which the key must have been valid: when the record was appended
     * @throws RejectedException when anything about it is wrong
     */
    public Verified verify(byte[] value, Set<StatementType> allowed, Instant at) throws RejectedException {
        CompactJws jws = CompactJws.parse(value);
        StatementType type = StatementType.of(jws.header().typ())
                .filter(allowed::contains)
                .orElseThrow(() -> new RejectedException(RejectionCode.JWS_TYPE, "This type does not belong here"));
        if (!jws.header().alg().equals(Ed25519.ALGORITHM)) {
            throw new RejectedException(RejectionCode.JWS_HEADER, "The algorithm is not " + Ed25519.ALGORITHM);
        }
        KeyRing.VerificationKey key = ring.find(jws.header().kid())
                .orElseThrow(() -> new RejectedException(RejectionCode.JWS_KEY_UNKNOWN, "The ring has no such key"));
        if (!key.entry().types().contains(type.typ()) || !key.entry().validAt(at)) {
            throw new RejectedException(
                    RejectionCode.JWS_KEY_NOT_VALID, "The key may not sign this type, or not at this time");
        }
        if (!algorithm.verify(key.key(), jws.signingInput(), jws.signature())) {
            throw new RejectedException(RejectionCode.JWS_SIGNATURE, "The signature does not fit");
        }
        return new Verified(type, jws.header().kid(), jws.payload());
    }
}
