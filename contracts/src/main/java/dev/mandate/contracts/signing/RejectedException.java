package dev.mandate.contracts.signing;

/** A record can't be trusted to be what it claims. The message is for operators and repeats nothing of the record. */
public final class RejectedException extends Exception {

    private final RejectionCode code;

    /** A rejection for this reason; {@code detail} is one plain sentence without anything secret in it. */
    public RejectedException(RejectionCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    /** The reason. */
    public RejectionCode code() {
        return code;
    }
}
