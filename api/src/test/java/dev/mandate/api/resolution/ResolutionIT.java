package dev.mandate.api.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.projection.ProjectionProgress;
import dev.mandate.api.status.Instance;
import dev.mandate.api.status.Stage;
import dev.mandate.api.status.TestLog;
import dev.mandate.api.status.TestPerson;
import dev.mandate.api.testkit.TopicLog;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.resolution.ReceivedResolution;
import dev.mandate.contracts.resolution.Resolution;
import dev.mandate.contracts.resolution.ResolutionReader;
import dev.mandate.contracts.resolution.Verdict;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/commands/{id}/resolution} over real HTTP, on a real log and a real database. */
class ResolutionIT {

    private static final String DONE = "{\"resolution\":\"done\",\"reason\":\"Seen in the dashboard\"}";
    private static final String NOT_DONE = "{\"resolution\":\"not_done\",\"reason\":\"Not there\"}";

    @TempDir
    static Path directory;

    static Stage stage;
    static Instance intake;
    static Instance other;
    static TestLog log;

    @BeforeAll
    static void start() {
        stage = new Stage(directory);
        intake = stage.start("intake-1", Map.of());
        other = stage.start("intake-2", Map.of());
        log = new TestLog(stage.keys());
        await().until(intake.context().getBean(ProjectionProgress.class)::isCurrent);
        await().until(other.context().getBean(ProjectionProgress.class)::isCurrent);
    }

    @AfterAll
    static void stop() {
        log.close();
        stage.close();
    }

    static TestPerson somebody() {
        return Stage.person("auth0|" + UUID.randomUUID()).with("update:users");
    }

    static TestPerson resolver() {
        return somebody().with("read:commands", "resolve:commands", "update:users");
    }

    record Unknown(TestLog.Appended command, RecordMetadata outcome) {}

    /** A command of this person whose answer was lost, as the read model knows it. */
    static Unknown unknown(TestPerson person) {
        return ended(person, log.append(person));
    }

    static Unknown ended(TestPerson person, TestLog.Appended command) {
        log.started(command, 1);
        RecordMetadata outcome = log.unknown(command);
        await().until(() -> status(intake, person, command).equals("unknown"));
        await().until(() -> status(other, person, command).equals("unknown"));
        return new Unknown(command, outcome);
    }

    static String status(Instance instance, TestPerson person, TestLog.Appended command) {
        return json(instance.get(person, "/v1/commands/" + command.id()))
                .path("status")
                .stringValue("");
    }

    static HttpResponse<String> resolve(TestPerson person, TestLog.Appended command, String body) {
        return intake.post(person, "/v1/commands/" + command.id() + "/resolution", body);
    }

    static JsonNode json(HttpResponse<String> response) {
        return StrictJson.parse(response.body().getBytes(StandardCharsets.UTF_8));
    }

    static String refusal(HttpResponse<String> response) {
        return response.statusCode() + " " + json(response).path("code").stringValue("");
    }

    /** What stands in the control topic about a command. */
    static List<ReceivedResolution> recorded(TestLog.Appended command) {
        try (var control = new TopicLog(Stage.bootstrapServers(), Topics.CONTROL)) {
            return control.records().stream()
                    .filter(ResolutionReader::isClaimedBy)
                    .filter(found -> command.id().equals(new String(found.key(), StandardCharsets.UTF_8)))
                    .map(ResolutionIT::read)
                    .toList();
        }
    }

    static ReceivedResolution read(LogRecord found) {
        try {
            return new ResolutionReader(stage.keys().verifier(), TestCommands.ENVIRONMENT).read(found);
        } catch (RejectedException e) {
            throw new AssertionError(e.code().code(), e);
        }
    }

    @Test
    void an_entitled_person_settles_an_unknown_outcome_and_everybody_who_may_see_the_command_sees_it() {
        // Given
        TestPerson ada = somebody();
        TestPerson rosa = resolver();
        Unknown unknown = unknown(ada);
        // When
        HttpResponse<String> answer = resolve(rosa, unknown.command(), DONE);
        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        for (JsonNode view : List.of(
                json(answer),
                json(intake.get(ada, "/v1/commands/" + unknown.command().id())))) {
            assertThat(view.path("status").stringValue()).isEqualTo("unknown");
            JsonNode resolution = view.path("resolution");
            assertThat(resolution.path("resolution").stringValue()).isEqualTo("done");
            assertThat(resolution.path("reason").stringValue()).isEqualTo("Seen in the dashboard");
            assertThat(resolution.path("by").path("subject").stringValue()).isEqualTo(rosa.subject());
        }
    }

    @Test
    void what_is_recorded_says_who_settled_which_outcome_and_why_and_holds_the_token_sealed() {
        // Given
        TestPerson rosa = resolver();
        Unknown unknown = unknown(somebody());
        // When
        resolve(rosa, unknown.command(), NOT_DONE);
        // Then
        assertThat(recorded(unknown.command())).singleElement().satisfies(received -> {
            Resolution resolution = received.resolution();
            assertThat(resolution.subject()).isEqualTo(rosa.subject());
            assertThat(resolution.command()).isEqualTo(unknown.command().reference());
            assertThat(resolution.outcome().position())
                    .isEqualTo(new LogRecord.Position(
                            Topics.RESULTS,
                            unknown.outcome().partition(),
                            unknown.outcome().offset()));
            assertThat(resolution.verdict()).isEqualTo(Verdict.NOT_DONE);
            assertThat(resolution.reason()).isEqualTo("Not there");
            Requester by = resolution.resolver();
            assertThat(by.permissions()).contains("resolve:commands");
            assertThat(by.sealedToken().split("\\.")).hasSize(5);
        });
    }

    @Test
    void whoever_may_not_see_a_command_is_told_that_there_is_none() {
        // Given
        TestPerson inside = somebody().in("org_acme");
        Unknown unknown = unknown(inside);
        // When, Then
        for (TestPerson person : List.of(
                somebody().with("resolve:commands", "update:users"),
                resolver().in("org_globex"),
                Stage.stranger("auth0|x").with("read:commands", "resolve:commands", "update:users"))) {
            assertThat(refusal(resolve(person, unknown.command(), DONE))).isEqualTo("404 command.not_found");
        }
        assertThat(recorded(unknown.command())).isEmpty();
        assertThat(resolve(resolver().in("org_acme"), unknown.command(), DONE).statusCode())
                .isEqualTo(200);
    }

    @Test
    void it_takes_the_permission_to_settle_and_those_of_the_action() {
        // Given
        Unknown unknown = unknown(somebody());
        // When, Then
        assertThat(refusal(resolve(somebody().with("read:commands", "update:users"), unknown.command(), DONE)))
                .isEqualTo("403 policy.permission_missing");
        assertThat(refusal(resolve(somebody().with("read:commands", "resolve:commands"), unknown.command(), DONE)))
                .isEqualTo("403 policy.permission_missing");
        assertThat(recorded(unknown.command())).isEmpty();
    }

    @Test
    void neither_the_requester_nor_the_target_nor_an_application_settles_it() {
        // Given
        TestPerson ada = resolver();
        Unknown unknown = unknown(ada);
        String target = unknown.command().command().context().target().id();
        // When, Then
        assertThat(refusal(resolve(ada, unknown.command(), DONE))).isEqualTo("403 resolution.involved");
        assertThat(refusal(resolve(
                        Stage.person(target).with("read:commands", "resolve:commands", "update:users"),
                        unknown.command(),
                        DONE)))
                .isEqualTo("403 resolution.involved");
        assertThat(refusal(resolve(
                        Stage.person("robot@clients").with("read:commands", "resolve:commands", "update:users"),
                        unknown.command(),
                        DONE)))
                .isEqualTo("403 resolution.person_required");
        assertThat(recorded(unknown.command())).isEmpty();
    }

    @Test
    void what_has_not_ended_or_is_known_can_not_be_settled() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended waiting = log.append(ada);
        TestLog.Appended succeeded = log.append(ada);
        log.started(succeeded, 1);
        log.succeeded(succeeded, "{}");
        await().until(() -> status(intake, ada, waiting).equals("accepted"));
        await().until(() -> status(intake, ada, succeeded).equals("succeeded"));
        // When, Then
        assertThat(refusal(resolve(resolver(), waiting, DONE))).isEqualTo("409 resolution.not_unknown");
        assertThat(refusal(resolve(resolver(), succeeded, DONE))).isEqualTo("409 resolution.not_unknown");
    }

    @Test
    void the_same_word_again_is_none_and_another_is_refused() {
        // Given
        Unknown unknown = unknown(somebody());
        TestPerson rosa = resolver();
        resolve(rosa, unknown.command(), DONE);
        // When
        HttpResponse<String> again = resolve(resolver(), unknown.command(), DONE);
        HttpResponse<String> otherwise = resolve(resolver(), unknown.command(), NOT_DONE);
        // Then
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).at("/resolution/by/subject").stringValue()).isEqualTo(rosa.subject());
        assertThat(refusal(otherwise)).isEqualTo("409 resolution.conflict");
        assertThat(recorded(unknown.command())).hasSize(1);
    }

    @Test
    void of_those_who_settle_it_at_once_at_different_instances_the_first_counts_and_the_others_are_told() {
        // Given
        TestPerson ada = somebody();
        Unknown unknown = unknown(ada);
        List<TestPerson> people =
                IntStream.range(0, 8).mapToObj(i -> resolver()).toList();
        String path = "/v1/commands/" + unknown.command().id() + "/resolution";
        // When
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, people.size())
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> (i < 4 ? intake : other).post(people.get(i), path, i % 2 == 0 ? DONE : NOT_DONE)))
                .toList();
        // Then
        List<HttpResponse<String>> all =
                answers.stream().map(CompletableFuture::join).toList();
        String verdict = json(intake.get(
                        ada, "/v1/commands/" + unknown.command().id()))
                .at("/resolution/resolution")
                .stringValue();
        for (int i = 0; i < all.size(); i++) {
            boolean agrees = verdict.equals(i % 2 == 0 ? "done" : "not_done");
            assertThat(all.get(i).statusCode()).isEqualTo(agrees ? 200 : 409);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resolution\":\"done\"}",
                "{\"reason\":\"x\"}",
                "{\"resolution\":\"DONE\",\"reason\":\"x\"}",
                "{\"resolution\":true,\"reason\":\"x\"}",
                "{\"resolution\":\"done\",\"reason\":\"\"}",
                "{\"resolution\":\"done\",\"reason\":5}",
                "{\"resolution\":\"done\",\"reason\":\"a\\u202eb\"}",
                "{\"resolution\":\"done\",\"reason\":\"x\",\"force\":true}",
                "{\"resolution\":\"done\",\"resolution\":\"not_done\",\"reason\":\"x\"}",
                "[]",
                ""
            })
    void a_body_that_is_anything_else_is_refused(String body) {
        assertThat(refusal(intake.post(resolver(), "/v1/commands/" + UUID.randomUUID() + "/resolution", body)))
                .startsWith("400 request.");
    }
}
