package dev.mandate.worker.execution;

/**
 * A request's body as it goes over the wire.
 *
 * @param type the {@code Content-Type}
 * @param bytes the body itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Content(String type, byte[] bytes) {

    private static final String JSON = "application/json";

    /** JSON as it was signed. */
    static Content json(byte[] bytes) {
        return new Content(JSON, bytes);
    }

    /** Never the body. */
    @Override
    public String toString() {
        return type;
    }
}
