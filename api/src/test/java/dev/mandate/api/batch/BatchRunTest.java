package dev.mandate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.configuration.BatchLimits;
import dev.mandate.api.dispatch.Dispatched;
import dev.mandate.api.load.TestBatchGates;
import dev.mandate.api.log.LogPartition;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** Lines on their way to a broker that answers when and what a test wants. */
class BatchRunTest {

    private static final int LINES = 8;

    private final BatchLimits limits =
            new BatchLimits(100, 1000, 1, 1, DataSize.ofMegabytes(1), 10, Duration.ofHours(1));
    private final Acknowledgements sent = new Acknowledgements();
    private final Map<Integer, CompletableFuture<Dispatched>> lines = new ConcurrentSkipListMap<>();

    @Test
    void what_comes_before_the_first_line_that_is_not_acknowledged_is_taken_and_the_client_is_told_where_to_resume()
            throws Exception {
        // Given
        var running = CompletableFuture.supplyAsync(this::run);
        await().until(() -> lines.size() == LINES);

        // When
        lines.get(7).completeExceptionally(away());
        lines.get(4).completeExceptionally(away());
        List.of(1, 2, 3, 5, 6).forEach(line -> lines.get(line).complete(appended(line)));
        lines.get(8).complete(appended(8));

        // Then
        Optional<BatchReport.Stop> stop = running.get();
        assertThat(stop).hasValueSatisfying(why -> {
            assertThat(why.resumeAt()).isEqualTo(4);
            assertThat(why.problem().code()).isEqualTo("broker.unavailable");
        });
        assertThat(sent.taken()).isEqualTo(6);
        assertThat(sent.positions().next(new LogPartition(Topics.COMMANDS_BULK, 0)))
                .isEqualTo(9);
    }

    @Test
    void nothing_is_promised_before_the_broker_has_spoken_of_every_line() {
        // Given
        var running = CompletableFuture.supplyAsync(this::run);
        await().until(() -> lines.size() == LINES);

        // When
        lines.values().stream().skip(1).forEach(line -> line.complete(appended(1)));

        // Then
        await().during(Duration.ofMillis(200)).until(() -> !running.isDone());
        lines.get(1).complete(appended(1));
        assertThat(running.join()).isEmpty();
    }

    private Optional<BatchReport.Stop> run() {
        var body = new ByteArrayInputStream("line\n".repeat(LINES).getBytes(StandardCharsets.UTF_8));
        var run = new BatchRun(
                new LineReader(body, 1, 100), BatchOptions.OnError.SKIP, limits, TestBatchGates.pass(limits), line -> {
                    var answer = new CompletableFuture<Dispatched>();
                    sent.expect(line.number(), answer);
                    lines.put(line.number(), answer);
                });
        try {
            return run.run(sent);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static ProblemException away() {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "broker.unavailable", "Service Unavailable", "");
    }

    private static Dispatched appended(int line) {
        var command = TestCommands.blockUser(
                "auth0|1", TestCommands.requester("https://issuer.example/", List.of()), Clock.systemUTC());
        return new Dispatched(command, "sha-256:x", new LogRecord.Position(Topics.COMMANDS_BULK, 0, line));
    }
}
