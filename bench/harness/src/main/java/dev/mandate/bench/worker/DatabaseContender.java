package dev.mandate.bench.worker;

import dev.mandate.bench.stage.Child;
import dev.mandate.bench.stage.Database;
import dev.mandate.bench.stage.Pause;
import dev.mandate.bench.stage.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** An opponent that keeps its queue in PostgreSQL and records what it did there, too. */
final class DatabaseContender implements Contender {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    /** Counting takes the database a moment, which it needs for the opponent. */
    private static final Duration BETWEEN_COUNTS = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String TABLE = """
            CREATE TABLE results (
              order_id text NOT NULL,
              at timestamp with time zone NOT NULL DEFAULT clock_timestamp())""";

    private final Database database;
    private final Child process;
    private final Path directory;
    private final Runnable end;
    private final Connection connection;
    private final Supplier<String> orders;
    private int number;

    /**
     * @param end ends the process and the database
     * @param orders makes the next order, as JSON
     */
    DatabaseContender(Child process, Runnable end, Database database, Supplier<String> orders) {
        this.database = database;
        this.process = process;
        this.directory = process.path();
        this.end = end;
        this.orders = orders;
        try {
            this.connection = database.connect();
            try (var statement = connection.createStatement()) {
                statement.execute(TABLE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Child> processes() {
        return List.of(process);
    }

    @Override
    public Duration storeCpu() {
        return database.cpu();
    }

    @Override
    public void prepare(int count) {
        forgetResults();
        number++;
        List<String> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add(orders.get());
        }
        try {
            var draft = Files.write(directory.resolve("draft"), lines, StandardCharsets.UTF_8);
            Files.move(draft, directory.resolve("orders-" + number), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(directory.resolve("queued-" + number))) {
            if (!process.isRunning() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("an opponent queues nothing; its log is " + process.log());
            }
            Pause.of(BETWEEN_LOOKS);
        }
    }

    @Override
    public void feed() {
        try {
            Files.createFile(directory.resolve("go-" + number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Results.Recorded recorded() {
        Pause.of(BETWEEN_COUNTS);
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "SELECT count(*), coalesce(extract(epoch FROM min(at)) * 1000, 0)::bigint,"
                                + " coalesce(extract(epoch FROM max(at)) * 1000, 0)::bigint FROM results")) {
            result.next();
            return new Results.Recorded(result.getLong(1), result.getLong(2), result.getLong(3));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * With its first result: a queue that is looked at now and then is empty between rounds, and how long nobody looks
     * says nothing of how fast it is worked off.
     */
    @Override
    public long began(long fed, Results.Recorded after) {
        return after.results() == 0 ? fed : after.firstAt();
    }

    /** So that counting them stays cheap. */
    private void forgetResults() {
        try (var statement = connection.createStatement()) {
            statement.execute("TRUNCATE results");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            end.run();
        }
    }
}
