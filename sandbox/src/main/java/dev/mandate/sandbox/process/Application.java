package dev.mandate.sandbox.process;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One of our runnable jars, unpacked: an application starts in two thirds of the time when its libraries need not be
 * read out of a jar in a jar. What was unpacked is kept, by the jar's hash, until the jar is another and nobody runs it
 * any more.
 */
public final class Application implements Supplier<Program> {

    /** The system's locks are between processes, not between threads. */
    private static final Object LOCK = new Object();

    /**
     * One for all applications: of two processes that had one each and waited for the other's, with different threads,
     * the system would take one for caught in a deadlock.
     */
    private static final String LOCK_FILE = "lock";

    /** Locked, within what was unpacked, by whoever may start it. */
    private static final String IN_USE = "in-use.lock";

    /**
     * What this process may start until it ends. The system gives up all locks on a file when one channel is closed.
     */
    private static final Map<Path, FileChannel> USED = new ConcurrentHashMap<>();

    private static final int UNPACKING_TAKES_AT_MOST_SECONDS = 120;

    private final String name;
    private final Path target;
    private final Path jar;
    private final Path cache;
    private @Nullable Path unpacked;

    /**
     * The application of a module.
     *
     * @param name the jar's name without version: {@code mandate-api}
     * @param target the module's build directory, where {@code <name>-<version>-exec.jar} stands
     * @param cache where what is unpacked is kept
     * @throws IllegalStateException when there is not exactly one such jar: it was not built
     */
    public Application(String name, Path target, Path cache) {
        this.name = name;
        this.target = target;
        this.jar = find(name, "exec", target);
        this.cache = cache.toAbsolutePath().normalize();
    }

    /**
     * The program to start, unpacked if it isn't yet.
     *
     * @throws UncheckedIOException when it can't be unpacked
     */
    @Override
    public Program get() {
        return Program.jar(unpacked());
    }

    /**
     * The same application, started by a class among its module's tests.
     *
     * @param mainClass its full name
     * @throws IllegalStateException when there is not exactly one jar of tests
     */
    public Program startedBy(String mainClass) {
        return Program.of(List.of(unpacked(), find(name, "tests", target)), mainClass);
    }

    private synchronized Path unpacked() {
        if (unpacked == null) {
            var directory = cache.resolve(name + "-" + hash());
            try {
                unpackAlone(directory);
            } catch (IOException e) {
                throw new UncheckedIOException("can't unpack " + jar, e);
            }
            unpacked = directory.resolve(jar.getFileName());
        }
        return unpacked;
    }

    /** Another launcher may be about to unpack the same; one of them does, and the others wait for it. */
    private void unpackAlone(Path directory) throws IOException {
        Files.createDirectories(cache);
        synchronized (LOCK) {
            try (var file = FileChannel.open(cache.resolve(LOCK_FILE), CREATE, WRITE);
                    var _ = file.lock()) {
                // It is moved to its place when it is complete.
                if (!Files.isDirectory(directory)) {
                    forgetOthers();
                    unpack(directory);
                }
                use(directory);
            }
        }
    }

    private static void use(Path directory) throws IOException {
        if (!USED.containsKey(directory)) {
            var channel = FileChannel.open(directory.resolve(IN_USE), CREATE, READ, WRITE);
            // Shared: others may start it, too.
            channel.lock(0, Long.MAX_VALUE, true);
            USED.put(directory, channel);
        }
    }

    private void unpack(Path directory) throws IOException {
        var draft = Files.createTempDirectory(cache, ".unpacking");
        var tools = Program.jar(jar)
                .commandLine(
                        List.of("-Djarmode=tools"),
                        List.of("extract", "--destination", draft.resolve("app").toString()));
        var process = new ProcessBuilder(tools)
                .redirectErrorStream(true)
                .redirectOutput(draft.resolve("log").toFile())
                .start();
        try {
            if (!process.waitFor(UNPACKING_TAKES_AT_MOST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(Files.readString(draft.resolve("log")));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
        Files.move(draft.resolve("app"), directory);
        FileTree.delete(draft);
    }

    private void forgetOthers() throws IOException {
        try (var others = Files.newDirectoryStream(cache, name + "-*")) {
            for (var other : others) {
                if (!isUsed(other)) {
                    FileTree.delete(other);
                }
            }
        }
    }

    private static boolean isUsed(Path directory) throws IOException {
        if (USED.containsKey(directory)) {
            return true;
        }
        try (var channel = FileChannel.open(directory.resolve(IN_USE), CREATE, WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        }
    }

    private String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var in = new DigestInputStream(Files.newInputStream(jar), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Path find(String name, String classifier, Path target) {
        try (var jars = Files.newDirectoryStream(target, name + "-*-" + classifier + ".jar")) {
            var found = jars.iterator();
            if (found.hasNext()) {
                var jar = found.next();
                if (!found.hasNext()) {
                    return jar;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("there is not one %s-<version>-%s.jar in %s; build it with mvn package"
                .formatted(name, classifier, target));
    }
}
