package dev.mandate.api.dispatch;

/** The broker did not acknowledge. */
final class NotAcknowledgedException extends Exception {

    NotAcknowledgedException(Throwable cause) {
        super("The broker did not acknowledge", cause);
    }
}
