package dev.mandate.api.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.LogPartition;
import dev.mandate.api.log.LogPositions;
import dev.mandate.api.status.Stage;
import dev.mandate.api.status.TestLog;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.resolution.ReceivedResolution;
import dev.mandate.contracts.resolution.Verdict;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** How rows and positions are written, on a real database. */
class MergeIT {

    private static final LogPartition COMMANDS = new LogPartition(Topics.COMMANDS, 0);

    @TempDir
    Path directory;

    Tables tables;
    Projection projection;
    LogPositions reached;

    @BeforeEach
    void freshDatabase() {
        tables = new Tables(Stage.newDatabase());
        tables.migrate();
        projection = projection(tables.url());
        reached = projection.load(Set.of(COMMANDS));
    }

    static Projection projection(String url) {
        var source = new DriverManagerDataSource(url, "postgres", "postgres");
        var jdbc = new JdbcTemplate(source);
        return new Projection(
                jdbc,
                new TransactionTemplate(new DataSourceTransactionManager(source)),
                new StoredPositions(jdbc),
                new CommandRows(new NamedParameterJdbcTemplate(jdbc)),
                new SimpleMeterRegistry());
    }

    static LogPositions at(long offset) {
        return LogPositions.of(Map.of(COMMANDS, offset));
    }

    void apply(LogEvent event) {
        LogPositions next = at(reached.next(COMMANDS) + 1);
        projection.apply(reached, next, List.of(event));
        reached = next;
    }

    static LogEvent commanded(TestLog.Appended appended, long offset, String hash) {
        var position =
                new LogRecord.Position(Topics.COMMANDS, appended.position().partition(), offset);
        return new LogEvent.Commanded(new ReceivedCommand(
                // By the clock of a broker that has taken over, and is behind.
                appended.command(), new byte[0], hash, "intake-1", position, Instant.ofEpochSecond(1000 - offset)));
    }

    static LogEvent journaled(TestLog log, TestLog.Appended appended, JournalEvent event, long offset) {
        var position =
                new LogRecord.Position(Topics.RESULTS, appended.position().partition(), offset);
        return new LogEvent.Journaled(new ReceivedStatement(
                log.statement(appended.command(), event),
                "sha-256:x",
                "worker-1",
                position,
                Instant.ofEpochSecond(2000 + offset)));
    }

    static LogEvent resolved(TestLog log, TestLog.Appended appended, Verdict verdict, long offset) {
        return new LogEvent.Resolved(new ReceivedResolution(
                log.resolution(appended, verdict),
                "sha-256:x",
                new LogRecord.Position(Topics.CONTROL, 0, offset),
                Instant.ofEpochSecond(3000 + offset)));
    }

    List<LogEvent> story(TestLog log, TestLog.Appended appended) {
        return List.of(
                commanded(appended, 10, "sha-256:first"),
                commanded(appended, 20, "sha-256:repeated"),
                journaled(log, appended, new Started(appended.reference(), 1, "worker-1/1", 11), 5),
                journaled(log, appended, new Started(appended.reference(), 2, "worker-2/1", 11), 6),
                journaled(log, appended, log.success(appended, "{}"), 7),
                journaled(log, appended, log.denial(appended), 8),
                resolved(log, appended, Verdict.DONE, 3),
                resolved(log, appended, Verdict.NOT_DONE, 4));
    }

    @Test
    void events_may_arrive_in_any_order_and_any_number_of_times() {
        // Given
        var stage = new Stage(directory);
        try (var log = new TestLog(stage.keys())) {
            TestLog.Appended appended = log.append(Stage.person("auth0|ada"));
            List<LogEvent> story = story(log, appended);
            story.forEach(this::apply);
            List<Map<String, String>> inOrder = tables.commands();
            for (long seed = 0; seed < 25; seed++) {
                var shuffled = new ArrayList<>(story);
                shuffled.addAll(story);
                Collections.shuffle(shuffled, new Random(seed));
                tables.jdbc().execute("delete from command");
                // When
                shuffled.forEach(this::apply);
                // Then
                assertThat(tables.commands()).as("seed %d", seed).isEqualTo(inOrder);
            }
            assertThat(inOrder)
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .containsEntry("payload_hash", "sha-256:first")
                            .containsEntry("attempt", "2")
                            .containsEntry("outcome", "succeeded")
                            .containsEntry("resolution", "done"));
        }
    }

    @Test
    void a_projector_that_was_paused_cannot_undo_what_another_did_meanwhile() {
        // Given
        var stage = new Stage(directory);
        try (var log = new TestLog(stage.keys())) {
            LogEvent old = commanded(log.append(Stage.person("auth0|ada")), 0, "sha-256:x");
            Projection paused = projection(tables.url());
            LogPositions before = paused.load(Set.of(COMMANDS));
            projection.apply(before, at(5), List.of());
            // When, Then
            assertThatThrownBy(() -> paused.apply(before, at(1), List.of(old)))
                    .isInstanceOf(StoredPositions.OvertakenException.class);
            assertThat(tables.commands()).isEmpty();
            assertThat(paused.load(Set.of(COMMANDS))).isEqualTo(at(5));
        }
    }
}
