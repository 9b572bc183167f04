package dev.mandate.api.log;

/** The log can't be asked now. */
public final class LogUnavailableException extends RuntimeException {

    LogUnavailableException(Throwable cause) {
        super("The log can't be asked", cause);
    }

    LogUnavailableException() {
        super("The log does not answer in time");
    }
}
