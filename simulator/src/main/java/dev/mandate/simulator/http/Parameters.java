package dev.mandate.simulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decoded parameters of a query string or a form; of a repeated name the last value counts. */
public final class Parameters {

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Decodes {@code a=b&c=d}.
     *
     * @throws IllegalArgumentException when a percent escape is malformed
     */
    public static Parameters decode(String encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), _ -> new ArrayList<>(1))
                    .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return new Parameters(values);
    }

    /** The value of a name, if it was given. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).map(List::getLast);
    }

    /** All values of a name, in their order. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The names that were given. */
    public Set<String> names() {
        return values.keySet();
    }

    /** The value of a name, if it was given and is not empty. */
    public Optional<String> findNonEmpty(String name) {
        return find(name).filter(value -> !value.isEmpty());
    }
}
