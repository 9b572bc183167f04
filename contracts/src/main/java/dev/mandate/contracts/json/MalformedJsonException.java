package dev.mandate.contracts.json;

/**
 * The bytes are not JSON as {@link StrictJson} understands it. The message says what is wrong and where. It never
 * repeats a value, which may be a secret, and names a member only if it looks like a name.
 */
public final class MalformedJsonException extends RuntimeException {

    MalformedJsonException(String message) {
        super(message);
    }
}
