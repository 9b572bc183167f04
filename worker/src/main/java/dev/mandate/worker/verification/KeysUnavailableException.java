package dev.mandate.worker.verification;

/** An issuer's keys can't be had now, so a token is neither genuine nor forged as far as anybody can tell. */
public final class KeysUnavailableException extends Exception {

    /** @param message whose keys, and why */
    public KeysUnavailableException(String message) {
        super(message, null, false, false);
    }
}
