package dev.mandate.api.log;

import dev.mandate.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;

/** The names that enum constants have in claims. */
public final class Wire {

    private Wire() {}

    /** The name as it stands in claims: {@code succeeded}, {@code allow}, {@code bulk}. */
    public static String name(Enum<?> constant) {
        return new String(StrictJson.write(constant), StandardCharsets.UTF_8).replace("\"", "");
    }
}
