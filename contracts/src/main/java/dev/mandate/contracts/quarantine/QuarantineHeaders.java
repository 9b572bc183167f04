package dev.mandate.contracts.quarantine;

/**
 * The headers that the worker adds to a record in the quarantine, whose key, value and own headers (prefixed) it leaves
 * byte for byte as they were.
 */
public final class QuarantineHeaders {

    /** The worker's signed {@link QuarantineStatement}. */
    public static final String STATEMENT = "mandate-statement";
    /** The statement's reason, for tools that verify nothing. */
    public static final String REASON = "mandate-reason";
    /** The statement's origin, likewise. */
    public static final String ORIGIN = "mandate-origin";
    /** Stands before the names of the record's own headers. */
    public static final String ORIGINAL_PREFIX = "original-";

    private QuarantineHeaders() {}
}
