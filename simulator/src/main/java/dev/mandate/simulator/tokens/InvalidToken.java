package dev.mandate.simulator.tokens;

/** A token that the Management API refuses; the message is Auth0's. */
public final class InvalidToken extends Exception {

    InvalidToken(String message) {
        super(message);
    }
}
