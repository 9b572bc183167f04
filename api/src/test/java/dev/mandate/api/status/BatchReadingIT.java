package dev.mandate.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.log.BatchLine;
import dev.mandate.api.projection.ProjectionProgress;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.Lane;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What became of a batch, on a real log and a real database. */
class BatchReadingIT {

    @TempDir
    static Path directory;

    static Stage stage;
    static Instance intake;
    static TestLog log;

    private final TestPerson ada = Stage.person("auth0|" + UUID.randomUUID());
    private final CommandId batch = new CommandIds(Clock.systemUTC(), new SecureRandom()).next();
    private final String self = "/v1/batches/" + batch;

    @BeforeAll
    static void start() {
        stage = new Stage(directory);
        intake = stage.start("intake-1", Map.of());
        log = new TestLog(stage.keys());
        await().until(intake.context().getBean(ProjectionProgress.class)::isCurrent);
    }

    @AfterAll
    static void stop() {
        log.close();
        stage.close();
    }

    @Test
    void a_batch_counts_where_its_commands_stand_and_how_fast_they_end() {
        // Given
        List<TestLog.Appended> lines = append(10);
        for (TestLog.Appended line : lines.subList(0, 6)) {
            log.succeeded(line, "{}");
        }
        log.denied(lines.get(6));
        log.started(lines.get(7), 1);

        // When
        await().untilAsserted(() -> assertThat(read().path("ended").intValue()).isEqualTo(7));
        await().until(() -> read().at("/statuses/started").intValue() == 1);
        JsonNode view = read();

        // Then
        assertThat(view.path("id").stringValue()).isEqualTo(batch.value());
        assertThat(view.path("commands").intValue()).isEqualTo(10);
        Map<String, Integer> statuses = Map.of("succeeded", 6, "denied", 1, "started", 1, "accepted", 2);
        assertThat(view.path("statuses")).hasSize(statuses.size());
        statuses.forEach(
                (status, count) -> assertThat(view.path("statuses").path(status).intValue())
                        .as(status)
                        .isEqualTo(count));
        assertThat(view.path("per_second").doubleValue()).isPositive();
        assertThat(view.at("/links/results").stringValue()).isEqualTo(self + "/results");
        assertThat(intake.get(ada, self).headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_batch_that_has_ended_need_not_be_asked_for_again() {
        // When
        append(2).forEach(line -> log.succeeded(line, "{}"));
        await().until(() -> intake.get(ada, self).statusCode() == 200
                && read().path("ended").intValue() == 2);

        // Then
        assertThat(intake.get(ada, self).headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void results_come_line_by_line_in_the_order_of_the_batch_however_many_they_are() {
        // Given
        List<TestLog.Appended> lines = append(450);
        log.succeeded(lines.get(1), "{\"blocked\":true}");
        await().untilAsserted(
                        () -> assertThat(read().path("commands").intValue()).isEqualTo(450));
        await().until(() -> read().path("ended").intValue() == 1);

        // When
        HttpResponse<Stream<String>> answer = intake.stream(ada.token(), self + "/results");
        List<JsonNode> results = answer.body().map(BatchReadingIT::json).toList();

        // Then
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(results)
                .extracting(result -> result.path("line").intValue())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 450).boxed().toList());
        assertThat(results)
                .extracting(result -> result.at("/command/id").stringValue())
                .containsExactlyElementsOf(
                        lines.stream().map(TestLog.Appended::id).toList());
        assertThat(results.get(1).at("/command/status").stringValue()).isEqualTo("succeeded");
        assertThat(results.get(1).at("/command/result/blocked").booleanValue()).isTrue();
        assertThat(results.get(2).at("/command/status").stringValue()).isEqualTo("accepted");
    }

    @Test
    void a_download_that_broke_off_goes_on_where_it_did() {
        // Given
        append(5);
        await().until(() -> intake.get(ada, self).statusCode() == 200
                && read().path("commands").intValue() == 5);

        // When
        List<JsonNode> rest = intake.stream(ada.token(), self + "/results?after_line=3")
                .body()
                .map(BatchReadingIT::json)
                .toList();

        // Then
        assertThat(rest).extracting(result -> result.path("line").intValue()).containsExactly(4, 5);
        assertThat(intake.get(ada, self + "/results?after_line=5").body()).isEmpty();
        assertThat(intake.get(ada, self + "/results?after_line=x").statusCode()).isEqualTo(400);
    }

    @Test
    void nobody_else_sees_it_whatever_they_may_read() {
        // Given
        append(1);
        await().until(() -> intake.get(ada, self).statusCode() == 200);

        // Then
        for (TestPerson other : List.of(
                Stage.person("auth0|eve").with("read:commands"),
                ada.in("org_9"),
                Stage.stranger(ada.subject()).with("read:commands"))) {
            assertThat(intake.get(other, self).statusCode()).isEqualTo(404);
            assertThat(intake.get(other, self + "/results").statusCode()).isEqualTo(404);
        }
    }

    private JsonNode read() {
        return json(intake.get(ada, self).body());
    }

    private static JsonNode json(String text) {
        return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<TestLog.Appended> append(int lines) {
        return IntStream.rangeClosed(1, lines)
                .mapToObj(number -> log.append(line(number)))
                .toList();
    }

    /** A command as the intake makes it of a line. */
    private Command line(int number) {
        String key = new BatchLine(batch, number).key();
        Command command = log.command(ada, "INC-4711", Optional.of(key));
        Transaction context = command.context();
        return new Command(
                command.issuer(),
                command.audience(),
                command.id(),
                batch.value(),
                command.issuedAt(),
                command.deadline(),
                command.subject(),
                command.clientId(),
                command.scope(),
                new Transaction(
                        TestCommands.TENANT,
                        context.action(),
                        context.target(),
                        context.arguments(),
                        context.reason(),
                        Lane.BULK,
                        context.idempotencyKey(),
                        context.requestHash()),
                command.requester(),
                command.authorization(),
                command.chain(),
                new Bind(
                        Lane.BULK.topic(),
                        command.bind().partition(),
                        command.bind().key()));
    }
}
