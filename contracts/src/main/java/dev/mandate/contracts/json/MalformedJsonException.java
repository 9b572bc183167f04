package dev.mandate.contracts.json;

/**
 * The bytes are not JSON as {@link StrictJson} understands it. The message says what is wrong and where, and never
 * repeats any of the input, which may hold secrets.
 */
public final class MalformedJsonException extends RuntimeException {

    MalformedJsonException(String message) {
        super(message);
    }
}
