package dev.mandate.worker.auth0;

import java.time.Duration;
import java.util.Optional;

/**
 * Auth0 did not give what it was asked for: a token, or a fact. Messages are plain sentences; what Auth0 said is never
 * repeated, since it may hold secrets.
 */
public abstract sealed class Auth0Exception extends Exception {

    private final String code;

    private Auth0Exception(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The stable code, such as {@code upstream.unavailable}. */
    public String code() {
        return code;
    }

    /** It may go better later: no connection, an overload, a server's error. */
    public static final class Unavailable extends Auth0Exception {

        private final Optional<Duration> retryAfter;

        /** @param retryAfter how long Auth0 asked to wait, if it did */
        public Unavailable(String code, String message, Optional<Duration> retryAfter) {
            super(code, message);
            this.retryAfter = retryAfter;
        }

        /** How long Auth0 asked to wait, if it did. */
        public Optional<Duration> retryAfter() {
            return retryAfter;
        }
    }

    /** It will not go better until somebody changes the configuration, here or in the tenant. */
    public static final class Refused extends Auth0Exception {

        /** A refusal for this reason. */
        public Refused(String code, String message) {
            super(code, message);
        }
    }
}
