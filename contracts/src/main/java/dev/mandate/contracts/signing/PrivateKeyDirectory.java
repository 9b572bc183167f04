package dev.mandate.contracts.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process's own private keys: PKCS#8 PEM files named {@code <kid>.pem}, and a file {@code active} that names the
 * current one. The directory may be a mounted Kubernetes Secret (without {@code subPath}). It is read again at most
 * once per {@link #REFRESH}, so that switching {@code active} takes effect without a restart; name and key always come
 * from one snapshot. A directory that has become unreadable leaves the last good snapshot in force.
 *
 * @param <K> the kind of key
 */
public final class PrivateKeyDirectory<K> {

    /** How old a snapshot may get before the directory is looked at again. */
    public static final Duration REFRESH = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(PrivateKeyDirectory.class);
    private static final String SUFFIX = ".pem";

    private final Path directory;
    private final Function<byte[], K> decoder;
    private final Clock clock;
    private volatile Snapshot<K> snapshot;

    /**
     * A private key and its name.
     *
     * @param kid the key's name
     * @param key the key
     */
    public record Named<K>(String kid, K key) {

        @Override
        public String toString() {
            return "private key " + kid;
        }
    }

    private record Snapshot<K>(String active, Map<String, K> keys, Instant readAt) {}

    /**
     * Opens the directory.
     *
     * @param decoder makes a key of PKCS#8 bytes, or throws {@link IllegalArgumentException}
     * @throws IllegalStateException when the directory can't be read, or its active key is missing
     */
    public PrivateKeyDirectory(Path directory, Function<byte[], K> decoder, Clock clock) {
        this.directory = directory;
        this.decoder = decoder;
        this.clock = clock;
        try {
            this.snapshot = read();
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("The keys in " + directory + " can't be used: " + e.getMessage(), e);
        }
    }

    /** The key to use now. */
    public Named<K> active() {
        Snapshot<K> current = current();
        K key = current.keys.get(current.active);
        if (key == null) {
            throw new IllegalStateException("A snapshot always holds its active key");
        }
        return new Named<>(current.active, key);
    }

    /** The key of this name, active or not. */
    public Optional<K> find(String kid) {
        return Optional.ofNullable(current().keys.get(kid));
    }

    private Snapshot<K> current() {
        Snapshot<K> current = snapshot;
        if (clock.instant().isBefore(current.readAt.plus(REFRESH))) {
            return current;
        }
        return reread(current);
    }

    @SuppressWarnings("ReferenceEquality") // whether another thread was faster
    private synchronized Snapshot<K> reread(Snapshot<K> seen) {
        if (snapshot != seen) {
            return snapshot;
        }
        Snapshot<K> next;
        try {
            next = read();
            if (!next.active.equals(seen.active)) {
                LOG.atInfo().addKeyValue("kid", next.active).log("Active key switched");
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.atError()
                    .addKeyValue("directory", directory)
                    .log("Keys can't be read again, the last ones stay in use");
            next = new Snapshot<>(seen.active, seen.keys, clock.instant());
        }
        snapshot = next;
        return next;
    }

    private Snapshot<K> read() throws IOException {
        // Kubernetes swaps the link ..data atomically; resolving it once keeps one read within one version.
        Path data = directory.resolve("..data");
        Path root = (Files.exists(data) ? data : directory).toRealPath();
        String active =
                Files.readString(root.resolve("active"), StandardCharsets.UTF_8).strip();
        var keys = new HashMap<String, K>();
        try (Stream<Path> files = Files.list(root)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(SUFFIX)) {
                    keys.put(name.substring(0, name.length() - SUFFIX.length()), decoder.apply(Pem.read(file)));
                }
            }
        }
        if (!keys.containsKey(active)) {
            throw new IllegalArgumentException("the file 'active' names a key that is not there");
        }
        return new Snapshot<>(active, Map.copyOf(keys), clock.instant());
    }

    /** The directory, for messages to operators. */
    @Override
    public String toString() {
        return "keys in " + directory;
    }
}
