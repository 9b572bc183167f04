package dev.mandate.worker.journal;

/** The active signing key is not in the key ring, so that nobody could verify what it signs. */
public final class UnpublishedKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnpublishedKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
