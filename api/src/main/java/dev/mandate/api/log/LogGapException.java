package dev.mandate.api.log;

/** The log no longer has the records that were to be read next, or it does not reach that far. */
public final class LogGapException extends RuntimeException {

    LogGapException(Throwable cause) {
        super("The log does not have what was to be read next", cause);
    }
}
