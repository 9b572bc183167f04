package dev.mandate.sandbox.process;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What is left of a sandbox that was itself killed and could not clear up: processes, and a directory with keys and
 * passwords. Processes are known by what was written down when they started, so that nobody else's is ever ended, not
 * even one that got the same number.
 */
public final class Leftovers {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration ROUNDING = Duration.ofSeconds(3);
    private static final String OWNER = "owner";
    private static final String LOCK = "owner.lock";
    private static final String KEPT = "kept";

    /** The locks of the directories that this process has claimed, by directory, until it ends. */
    private static final Map<Path, FileChannel> CLAIMED = new ConcurrentHashMap<>();

    private final Path home;

    /** What is left over in a sandbox's directory. */
    public Leftovers(Path home) {
        this.home = home;
    }

    /**
     * Ends what is left over in any of the directories in this one, and deletes those that somebody had claimed.
     *
     * @return the names of what was ended
     */
    public static List<String> endIn(Path parent) {
        var ended = new ArrayList<String>();
        if (Files.isDirectory(parent)) {
            directoriesIn(parent).forEach(home -> ended.addAll(new Leftovers(home).clear()));
        }
        return ended;
    }

    /**
     * Says that this process is the one that will stop what is started there. The lock is what is believed: numbers of
     * processes come again, and times of their starts move with the clock.
     */
    public void claim() {
        try {
            var lock = FileChannel.open(home.resolve(LOCK), CREATE, WRITE);
            if (lock.tryLock() == null) {
                lock.close();
                throw new IllegalStateException(home + " is in use by another process");
            }
            var before = CLAIMED.put(home, lock);
            if (before != null) {
                before.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessIdentity.of(ProcessHandle.current()).write(home.resolve(OWNER));
    }

    /** Says that what is there stays, whatever becomes of this process. */
    public void keep() {
        try {
            Files.writeString(home.resolve(KEPT), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> clear() {
        if (!Files.exists(home.resolve(OWNER)) || CLAIMED.containsKey(home)) {
            return List.of();
        }
        try (var lock = FileChannel.open(home.resolve(LOCK), CREATE, WRITE)) {
            if (lock.tryLock() == null || isOwned()) {
                return List.of();
            }
            var ended = endAll();
            if (!Files.exists(home.resolve(KEPT))) {
                delete();
            }
            return ended;
        } catch (IOException e) {
            // Whoever comes next tries again.
            return List.of();
        }
    }

    /** Last of all what says that there is something to clear up. */
    private void delete() throws IOException {
        List<Path> entries;
        try (var files = Files.list(home)) {
            entries = files.filter(entry -> !entry.endsWith(OWNER)).toList();
        }
        for (var entry : entries) {
            FileTree.delete(entry);
        }
        FileTree.delete(home);
    }

    private boolean isOwned() {
        return ProcessIdentity.read(home.resolve(OWNER))
                .flatMap(ProcessIdentity::running)
                .isPresent();
    }

    /**
     * Ends what is left over, unless the sandbox that started it is still there.
     *
     * @return the names of what was ended
     */
    public List<String> end() {
        return isOwned() || !Files.isDirectory(home) ? List.of() : endAll();
    }

    private List<String> endAll() {
        var ended = new ArrayList<String>();
        for (var directory : directoriesIn(home)) {
            var service = ProcessIdentity.read(new ServiceDirectory(directory).identity())
                    .flatMap(ProcessIdentity::running);
            service.or(() -> database(directory)).ifPresent(process -> {
                end(process);
                ended.add(String.valueOf(directory.getFileName()));
            });
        }
        return ended;
    }

    private static List<Path> directoriesIn(Path parent) {
        try (var files = Files.list(parent)) {
            return files.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL writes down itself which process it is: number, directory and start stand in the first lines. */
    private static Optional<ProcessHandle> database(Path directory) {
        List<String> lines;
        try {
            lines = Files.readAllLines(directory.resolve("postmaster.pid"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (lines.size() < 3 || !lines.get(1).equals(directory.toString())) {
            return Optional.empty();
        }
        var startedAt = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Duration.between(start, startedAt).abs().compareTo(ROUNDING) < 0)
                        .orElse(false));
    }

    private static void end(ProcessHandle process) {
        var children = process.children().toList();
        process.destroy();
        try {
            process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            process.onExit().join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
