package dev.mandate.bench.peer;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** What the harness tells an opponent, in a file in its working directory that only its user can read. */
public final class PeerSettings {

    private static final String KAFKA = "kafka.";
    private static final String LOGGING = "dev/mandate/bench/peer/logback-peer.xml";

    private final Properties properties = new Properties();

    private PeerSettings(Reader file) throws IOException {
        properties.load(file);
    }

    /**
     * Reads {@code application.properties} in the working directory, before anything is logged: how that is done is the
     * same for every opponent, whatever else is on its class path.
     *
     * @throws UncheckedIOException when there is none
     */
    public static PeerSettings read() {
        System.setProperty("logback.configurationFile", LOGGING);
        try (var file = Files.newBufferedReader(Path.of("application.properties"), StandardCharsets.UTF_8)) {
            return new PeerSettings(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The upstream's base URL, without a trailing slash. */
    public String upstream() {
        return get("upstream");
    }

    /** What the upstream is shown as a token. */
    public String token() {
        return get("token");
    }

    /** How many orders may be under way at once, where an opponent can do several. */
    public int concurrency() {
        return Integer.parseInt(get("concurrency"));
    }

    /** The topic that orders come from. */
    public String orders() {
        return get("orders");
    }

    /** The topic that results go to. */
    public String results() {
        return get("results");
    }

    /** How to reach the broker, with these further settings of a client. */
    public Map<String, Object> kafka(Map<String, Object> more) {
        var settings = new HashMap<String, Object>();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(KAFKA))
                .forEach(name -> settings.put(name.substring(KAFKA.length()), get(name)));
        settings.putAll(more);
        return settings;
    }

    /**
     * Any of them.
     *
     * @throws IllegalArgumentException when it is not there
     */
    public String get(String name) {
        var value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("application.properties lacks " + name);
        }
        return value;
    }
}
