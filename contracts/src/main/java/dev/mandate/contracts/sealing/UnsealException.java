package dev.mandate.contracts.sealing;

/** A sealed value can't be opened: another reader's, another context's, destroyed key, or altered. */
public final class UnsealException extends Exception {

    UnsealException(String message) {
        super(message, null, false, false);
    }
}
