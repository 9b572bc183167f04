package dev.mandate.bench.stage;

import dev.mandate.sandbox.database.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * PostgreSQL, for those who need it. A commit waits until its log is with the operating system, as a producer waits
 * until a record is with the one broker's.
 */
public final class Database implements AutoCloseable {

    private static final String SYNCHRONOUS = "?options=-c%20synchronous_commit=on";

    private final EmbeddedDatabase embedded;
    private final Path directory;

    Database(Path directory, Path log) {
        this.directory = directory;
        this.embedded = new EmbeddedDatabase(directory, log);
        embedded.start();
    }

    /**
     * How it is reached.
     *
     * @param prefix of the settings' names
     */
    Map<String, String> settings(String prefix) {
        return Map.of(
                prefix + ".url", embedded.url() + SYNCHRONOUS,
                prefix + ".username", embedded.user(),
                prefix + ".password", embedded.password());
    }

    /** A connection of the harness. */
    public Connection connect() throws SQLException {
        return embedded.connect();
    }

    /** The processor time of all of its processes that are still there. */
    public Duration cpu() {
        try (var lines = Files.lines(directory.resolve("postmaster.pid"), StandardCharsets.UTF_8)) {
            long pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
            return ProcessHandle.of(pid).stream()
                    .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                    .flatMap(process -> process.info().totalCpuDuration().stream())
                    .reduce(Duration.ZERO, Duration::plus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        embedded.close();
    }
}
