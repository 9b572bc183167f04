package dev.mandate.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.projection.ProjectionProgress;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.api.testkit.TopicLog;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.CancellationReader;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.ReceivedCancellation;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who may call what off, and what is recorded of it. */
class CancellationIT {

    private static final String WHY = "{\"reason\":\"INC-4711\"}";

    @TempDir
    static Path directory;

    static Stage stage;
    static Instance intake;
    static TestLog log;

    private final TestPerson ada = Stage.person("auth0|" + UUID.randomUUID()).with("update:users");

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
    void a_command_is_called_off_at_once_by_whoever_asked_for_it_in_a_signed_and_numbered_statement() throws Exception {
        // Given
        HttpResponse<String> accepted = intake.post(ada, "/v1/commands", TestSubmissions.block("auth0|uma"));
        String id = json(accepted).path("id").stringValue();

        // When
        HttpResponse<String> asked = intake.post(
                ada, accepted.headers().firstValue("Location").orElseThrow().replace("?", "/cancellation?"), WHY);

        // Then
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        assertThat(asked.headers().firstValue("Location")).contains("/v1/commands/" + id);
        Command command = command(id);
        ReceivedCancellation received = cancellation(id);
        Cancellation cancellation = received.cancellation();
        assertThat(received.payloadHash())
                .isEqualTo(json(asked).path("payload_hash").stringValue());
        assertThat(cancellation.id().value()).isEqualTo(json(asked).path("id").stringValue());
        assertThat(cancellation.scope().kind()).isEqualTo(Cancellation.Kind.COMMAND);
        assertThat(cancellation.subject()).isEqualTo(ada.subject());
        assertThat(cancellation.requester().issuer()).isEqualTo(ada.issuer());
        assertThat(cancellation.reason()).contains("INC-4711");
        assertThat(cancellation.until()).isEqualTo(command.deadline());
        assertThat(cancellation.chain().sequence()).isEqualTo(command.chain().sequence() + 1);
        assertThat(cancellation.chain().previous())
                .contains(json(accepted).path("payload_hash").stringValue());
        assertThat(tokenHash(cancellation)).isEqualTo(cancellation.requester().tokenHash());
    }

    @Test
    void a_batch_is_called_off_by_whoever_sent_it_and_for_everybody_else_it_does_not_exist() {
        // Given
        HttpResponse<String> batch = intake.batch(
                ada, UUID.randomUUID().toString(), TestSubmissions.blockLine("auth0|" + UUID.randomUUID()));
        String id = json(batch).path("id").stringValue();
        String location = batch.headers().firstValue("Location").orElseThrow().replace("?", "/cancellation?");

        // When
        HttpResponse<String> asked = intake.post(ada, location, "");
        Cancellation cancellation = cancellation(id).cancellation();

        // Then
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        assertThat(cancellation.scope().kind()).isEqualTo(Cancellation.Kind.BATCH);
        assertThat(cancellation.reason()).isEmpty();
        assertThat(cancellation.until()).isAfter(Instant.now().plusSeconds(23 * 3600));
        for (TestPerson other : List.of(
                Stage.person("auth0|eve").with("read:commands"),
                ada.in("org_9"),
                Stage.stranger(ada.subject()).with("read:commands"))) {
            assertThat(intake.post(other, "/v1/batches/" + id + "/cancellation", "")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void nobody_calls_off_what_somebody_else_asked_for() {
        // Given
        TestLog.Appended appended = log.append(ada);
        await().until(() -> intake.get(ada, "/v1/commands/" + appended.id()).statusCode() == 200);
        String path = "/v1/commands/" + appended.id() + "/cancellation";
        long before = cancellations();

        // When, then
        for (TestPerson other : List.of(
                Stage.person("auth0|eve"),
                ada.in("org_9"),
                Stage.stranger(ada.subject()).with("read:commands"))) {
            assertThat(code(intake.post(other, path, WHY))).isEqualTo("command.not_found");
        }
        HttpResponse<String> reader = intake.post(Stage.person("auth0|eve").with("read:commands"), path, WHY);
        assertThat(reader.statusCode()).isEqualTo(403);
        assertThat(code(reader)).isEqualTo("command.not_yours");
        assertThat(code(intake.post(ada, "/v1/commands/" + UUID.randomUUID() + "/cancellation", WHY)))
                .isEqualTo("command.not_found");
        assertThat(cancellations()).isEqualTo(before);
    }

    @Test
    void what_has_its_outcome_can_not_be_called_off() {
        // Given
        TestLog.Appended appended = log.append(ada);
        log.succeeded(appended, "{}");
        await().until(() ->
                intake.get(ada, "/v1/commands/" + appended.id()).body().contains("succeeded"));

        // When
        HttpResponse<String> answer = intake.post(ada, "/v1/commands/" + appended.id() + "/cancellation", WHY);

        // Then
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(code(answer)).isEqualTo("command.ended");
    }

    @Test
    void what_was_begun_may_be_called_off_and_the_outcome_will_say_what_came_of_it() {
        // Given
        TestLog.Appended appended = log.append(ada);
        log.started(appended, 1);
        await().until(() ->
                intake.get(ada, "/v1/commands/" + appended.id()).body().contains("\"status\":\"started\""));

        // When, then
        assertThat(intake.post(ada, "/v1/commands/" + appended.id() + "/cancellation", WHY)
                        .statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"reason\":1}",
                "{\"reason\":\"\"}",
                "{\"reason\":\"a\\u202eb\"}",
                "{\"reason\":\"a\",\"force\":true}",
                "[]",
                "oops"
            })
    void a_body_that_is_not_understood_is_refused(String body) {
        TestLog.Appended appended = log.append(ada);

        HttpResponse<String> answer = intake.post(ada, "/v1/commands/" + appended.id() + "/cancellation", body);

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void a_token_that_may_run_out_before_the_broker_has_it_calls_nothing_off() {
        // Given
        TestLog.Appended appended = log.append(ada);
        await().until(() -> intake.get(ada, "/v1/commands/" + appended.id()).statusCode() == 200);

        // When
        HttpResponse<String> answer = intake.post(ada.token(5), "/v1/commands/" + appended.id() + "/cancellation", "");

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(code(answer)).isEqualTo("token.too_little_life");
    }

    private static String code(HttpResponse<String> answer) {
        return json(answer).path("code").stringValue();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return StrictJson.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static String tokenHash(Cancellation cancellation) throws Exception {
        byte[] token = stage.keys()
                .workerOpener()
                .open(
                        SealingContext.token(
                                cancellation.requester().tokenHash(),
                                cancellation.id().value(),
                                cancellation.issuedAt(),
                                cancellation.bind()),
                        cancellation.requester().sealedToken());
        return Hashes.tokenHash(new String(token, StandardCharsets.UTF_8));
    }

    private static long cancellations() {
        return records(Topics.CONTROL).size();
    }

    private static ReceivedCancellation cancellation(String about) {
        var reader = new CancellationReader(stage.keys().verifier(), TestCommands.ENVIRONMENT);
        return records(Topics.CONTROL).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(about))
                .map(record -> {
                    try {
                        return reader.read(record);
                    } catch (RejectedException e) {
                        throw new AssertionError(e.code().code(), e);
                    }
                })
                .findFirst()
                .orElseThrow();
    }

    private static Command command(String id) {
        var reader = new CommandReader(stage.keys().verifier(), TestCommands.ENVIRONMENT);
        return records(Topics.COMMANDS).stream()
                .flatMap(record -> {
                    try {
                        return Stream.of(reader.read(record).command());
                    } catch (RejectedException e) {
                        // Another test's, by other keys.
                        return Stream.empty();
                    }
                })
                .filter(command -> command.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<LogRecord> records(String topic) {
        try (var topicLog = new TopicLog(Stage.bootstrapServers(), topic)) {
            return topicLog.records();
        }
    }
}
