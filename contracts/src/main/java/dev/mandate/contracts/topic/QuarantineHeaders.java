package dev.mandate.contracts.topic;

/**
 * The headers that the worker adds to a record in the quarantine, whose key, value and own headers (prefixed) it leaves
 * byte for byte as they were.
 */
public final class QuarantineHeaders {

    /** A {@link dev.mandate.contracts.signing.RejectionCode}'s code. */
    public static final String REASON = "mandate-reason";
    /** One plain sentence. */
    public static final String DETAIL = "mandate-detail";
    /** Where the record was found: {@code topic/partition@offset}. */
    public static final String ORIGIN = "mandate-origin";
    /** {@code sha-256:…} of the value, which stands for it where it is too large to be copied. */
    public static final String VALUE_HASH = "mandate-value-hash";

    /** The worker that put it here. */
    public static final String WORKER = "mandate-worker";
    /** Stands before the names of the record's own headers. */
    public static final String ORIGINAL_PREFIX = "original-";

    private QuarantineHeaders() {}
}
