package dev.mandate.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One process for as long as it lives: a number alone is given to others later.
 *
 * @param pid its number
 * @param startedAt when it started, in milliseconds since 1970, as the operating system says
 */
record ProcessIdentity(long pid, long startedAt) {

    /** The identity of a process. */
    static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), startOf(process));
    }

    /**
     * Reads what {@link #write} wrote; nothing if there is no such file, or it is not whole.
     *
     * @throws UncheckedIOException when it can't be read
     */
    static Optional<ProcessIdentity> read(Path file) {
        try {
            var fields =
                    Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ");
            return fields.length == 2
                    ? Optional.of(new ProcessIdentity(Long.parseLong(fields[0]), Long.parseLong(fields[1])))
                    : Optional.empty();
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes it down for whoever comes later.
     *
     * @throws UncheckedIOException when it can't be written
     */
    void write(Path file) {
        try {
            Files.writeString(file, pid + " " + startedAt + "\n", StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process, if it is still running. */
    Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid).filter(process -> process.isAlive() && startOf(process) == startedAt);
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
