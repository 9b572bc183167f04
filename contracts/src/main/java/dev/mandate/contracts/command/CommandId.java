package dev.mandate.contracts.command;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A command's id, its {@code jti}: a UUID of version 7, or of version 8 where it is derived from an idempotency key
 * (RFC 9562 §5.7, §5.8), in lower case.
 *
 * @param value the 36 characters
 */
public record CommandId(@JsonValue String value) {

    private static final Pattern FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    /** @throws IllegalArgumentException when the text is anything else; the message does not repeat it */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CommandId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A command's id is a UUID of version 7 or 8");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
