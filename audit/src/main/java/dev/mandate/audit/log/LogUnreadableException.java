package dev.mandate.audit.log;

import org.jspecify.annotations.Nullable;

/** The log can't be read at all, or not to its end. The message tells a person what to do about it. */
public final class LogUnreadableException extends RuntimeException {

    /** For this reason. */
    public LogUnreadableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
