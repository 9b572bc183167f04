package dev.mandate.contracts.signing;

import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody's public keys, from a directory of {@link PublicKeyEntry} files. Looked up by exact name only: nothing in a
 * header ever becomes a path or an address. The directory is read again every {@link #REFRESH}, and at once when a key
 * is unknown, though not more than ten times a second, so that made-up names cost next to nothing. A key that is
 * published {@link #REFRESH} before its first use is always found.
 */
public final class KeyRing {

    /** How old the ring may get before the directory is looked at again. */
    public static final Duration REFRESH = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final Duration REFRESH_WHEN_UNKNOWN = Duration.ofMillis(100);
    private static final String SUFFIX = ".jwk.json";

    private final Path directory;
    private final Clock clock;
    private volatile Snapshot snapshot;

    private record Snapshot(Map<String, VerificationKey> signing, Map<String, PublicKeyEntry> all, Instant readAt) {}

    /** A signing key, ready for use. */
    record VerificationKey(PublicKeyEntry entry, PublicKey key) {}

    /**
     * Opens the directory.
     *
     * @throws IllegalStateException when it can't be read
     */
    public KeyRing(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        try {
            this.snapshot = read();
        } catch (IOException e) {
            throw new IllegalStateException("The key ring in " + directory + " can't be read: " + e.getMessage(), e);
        }
    }

    /** All keys, by name. */
    public Collection<PublicKeyEntry> entries() {
        return current(REFRESH).all.values().stream()
                .sorted(Comparator.comparing(PublicKeyEntry::kid))
                .toList();
    }

    /** The newest sealing key of an owner that is valid now: the one to seal to. */
    public Optional<PublicKeyEntry> sealingKey(String owner) {
        Instant now = clock.instant();
        return current(REFRESH).all.values().stream()
                .filter(entry -> !entry.signs() && entry.owner().equals(owner) && entry.validAt(now))
                .max(Comparator.comparing(PublicKeyEntry::notBefore).thenComparing(PublicKeyEntry::kid));
    }

    /** Whether values for an owner may be sealed to the key of this name now; read anew if it is unknown. */
    public boolean isSealedTo(String owner, String kid) {
        PublicKeyEntry entry = current(REFRESH).all.get(kid);
        if (entry == null) {
            entry = current(REFRESH_WHEN_UNKNOWN).all.get(kid);
        }
        return entry != null && !entry.signs() && entry.owner().equals(owner) && entry.validAt(clock.instant());
    }

    /** The key of exactly this name, read anew if it is unknown. */
    Optional<VerificationKey> find(String kid) {
        VerificationKey key = current(REFRESH).signing.get(kid);
        if (key == null) {
            key = current(REFRESH_WHEN_UNKNOWN).signing.get(kid);
        }
        return Optional.ofNullable(key);
    }

    private Snapshot current(Duration maxAge) {
        Snapshot current = snapshot;
        return clock.instant().isBefore(current.readAt.plus(maxAge)) ? current : reread(current);
    }

    @SuppressWarnings("ReferenceEquality") // whether another thread was faster
    private synchronized Snapshot reread(Snapshot seen) {
        if (snapshot == seen) {
            try {
                snapshot = read();
            } catch (IOException e) {
                LOG.atError()
                        .addKeyValue("directory", directory)
                        .log("Key ring can't be read again, the last one stays in use");
                snapshot = new Snapshot(seen.signing, seen.all, clock.instant());
            }
        }
        return snapshot;
    }

    private Snapshot read() throws IOException {
        Instant readAt = clock.instant();
        var signing = new HashMap<String, VerificationKey>();
        var all = new HashMap<String, PublicKeyEntry>();
        for (Path file : keyFiles()) {
            PublicKeyEntry entry;
            try {
                entry = StrictJson.read(Files.readAllBytes(file), PublicKeyEntry.class);
                if (!(entry.kid() + SUFFIX).equals(String.valueOf(file.getFileName()))) {
                    throw new IllegalArgumentException("The file is named after another key");
                }
                if (entry.signs()) {
                    signing.put(
                            entry.kid(),
                            new VerificationKey(entry, Ed25519.chosen().publicKey(entry.raw())));
                }
            } catch (MalformedJsonException | IllegalArgumentException e) {
                // One bad file must not take the good keys with it; what it would have verified is refused.
                LOG.atError()
                        .addKeyValue("file", file)
                        .addKeyValue("reason", e.getMessage())
                        .log("Key file ignored");
                continue;
            }
            all.put(entry.kid(), entry);
        }
        return new Snapshot(Map.copyOf(signing), Map.copyOf(all), readAt);
    }

    private List<Path> keyFiles() throws IOException {
        Path data = directory.resolve("..data");
        Path root = (Files.exists(data) ? data : directory).toRealPath();
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .toList();
        }
    }
}
