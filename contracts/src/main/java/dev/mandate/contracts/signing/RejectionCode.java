package dev.mandate.contracts.signing;

/**
 * Why a record can't be trusted to be what it claims. The codes are stable: they stand in the quarantine, in logs,
 * metrics and tests.
 */
public enum RejectionCode {
    /** There is no value at all (a tombstone). */
    RECORD_EMPTY("record.empty"),
    /** The value is larger than any genuine one may be. */
    RECORD_TOO_LARGE("record.too_large"),
    /** The content type is missing, repeated or another. */
    RECORD_CONTENT_TYPE("record.content_type"),
    /** Not three canonical base64url parts. */
    JWS_MALFORMED("jws.malformed"),
    /** The protected header isn't exactly {@code typ}, {@code alg} and {@code kid}, or asks for another algorithm. */
    JWS_HEADER("jws.header"),
    /** A genuine kind of statement, but not one for this topic. */
    JWS_TYPE("jws.type"),
    /** No key of this name is in the ring. */
    JWS_KEY_UNKNOWN("jws.key_unknown"),
    /** The key may not sign this type, or not at this time. */
    JWS_KEY_NOT_VALID("jws.key_not_valid"),
    /** The signature does not fit. */
    JWS_SIGNATURE("jws.signature"),
    /** The claims aren't the expected JSON: unknown, missing, repeated or mistyped members. */
    CLAIMS_MALFORMED("claims.malformed"),
    /** Claims that contradict one another. */
    CLAIMS_INCONSISTENT("claims.inconsistent"),
    /** Meant for somebody else. */
    CLAIMS_AUDIENCE("claims.audience"),
    /** Signed at another time than appended: a replay, or a clock that is wrong. */
    CLAIMS_ISSUED_AT("claims.issued_at"),
    /** Found elsewhere than the signer put it. */
    BIND_MISMATCH("bind.mismatch"),
    /** A header repeats, has no value, is unknown, or differs from the claim that it mirrors. */
    HEADERS_MISMATCH("headers.mismatch"),
    /** The requester's access token can't be opened. */
    TOKEN_SEALED("token.sealed"),
    /** The requester's access token does not verify, or is not the one that the claims speak of. */
    TOKEN_INVALID("token.invalid");

    private final String code;

    RejectionCode(String code) {
        this.code = code;
    }

    /** The stable code, such as {@code jws.signature}. */
    public String code() {
        return code;
    }
}
