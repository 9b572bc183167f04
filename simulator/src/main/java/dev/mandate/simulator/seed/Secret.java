package dev.mandate.simulator.seed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password or a client secret, which never prints itself.
 *
 * @param value the secret
 */
public record Secret(@JsonValue String value) {

    /** Takes the secret as it is. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Secret {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A secret can't be empty");
        }
    }

    /** Whether a presented value is this secret, compared in constant time. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "[hidden]";
    }
}
