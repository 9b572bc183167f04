package dev.mandate.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.projection.ProjectionProgress;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStatus;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.contracts.json.StrictJson;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people are shown of a macro: how each of its steps ended. */
class MacroReadingIT {

    private static final String NOTICE = "Auth0 lifts this block when the password is reset";

    @TempDir
    static Path directory;

    static Stage stage;
    static Instance intake;
    static TestLog log;

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
    void the_requester_sees_how_each_step_ended_and_what_Auth0_answered_to_it() {
        // Given
        TestPerson ada = Stage.person("auth0|ada");
        TestLog.Appended command = log.append(ada);
        log.journal(command.command(), outcome(command));

        // When
        JsonNode live = read(ada, command, "Prefer", "wait=10");
        await().until(() -> search(ada, command).has("steps"));
        JsonNode projected = read(ada, command);

        // Then
        for (JsonNode view : List.of(live, projected)) {
            assertThat(view.path("status").stringValue()).isEqualTo("failed");
            assertThat(view.path("notice").stringValue()).isEqualTo(NOTICE);
            assertThat(view.path("steps")
                            .valueStream()
                            .map(step -> step.path("action").stringValue() + " "
                                    + step.path("status").stringValue() + " "
                                    + step.path("attempt").intValue()))
                    .containsExactly(
                            "users.update succeeded 1",
                            "users.sessions.delete failed 2",
                            "users.refreshToken.delete not_done 0");
            assertThat(view.at("/steps/0/result_state").stringValue()).isEqualTo("opened");
            assertThat(view.at("/steps/0/result/blocked").booleanValue()).isTrue();
            assertThat(view.at("/steps/0/upstream/status").intValue()).isEqualTo(200);
            assertThat(view.at("/steps/1/error/code").stringValue()).isEqualTo("upstream.refused");
            assertThat(view.has("result")).isFalse();
        }
    }

    @Test
    void others_and_lists_see_the_steps_without_the_answers() {
        // Given
        TestPerson ada = Stage.person("auth0|ada");
        TestLog.Appended command = log.append(ada);
        log.journal(command.command(), outcome(command));
        read(ada, command, "Prefer", "wait=10");
        TestPerson reader = Stage.person("auth0|reader").with("read:commands");

        // When, Then
        await().until(() -> search(ada, command).has("steps"));
        for (JsonNode view : List.of(read(reader, command), search(ada, command))) {
            assertThat(view.at("/steps/0/result_state").stringValue()).isEqualTo("sealed");
            assertThat(view.at("/steps/0").has("result")).isFalse();
            assertThat(view.at("/steps/1").has("result_state")).isFalse();
        }
    }

    private static JsonNode read(TestPerson person, TestLog.Appended command, String... headers) {
        return json(intake.get(
                person, intake.context().getBean(CommandLinks.class).self(command.id(), command.position()), headers));
    }

    private static JsonNode search(TestPerson person, TestLog.Appended command) {
        return json(intake.get(person, "/v1/commands?limit=100"))
                .path("commands")
                .valueStream()
                .filter(found -> found.path("id").stringValue().equals(command.id()))
                .findFirst()
                .orElseGet(StrictJson::object);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return StrictJson.parse(response.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Outcome outcome(TestLog.Appended command) {
        String answer = stage.keys()
                .sealerTo("intake")
                .seal(TestLog.context(command), "{\"blocked\":true}".getBytes(StandardCharsets.UTF_8));
        var refused = Optional.of(new OutcomeError("upstream.refused", "Auth0 refused it"));
        return new Outcome(
                command.reference(),
                OutcomeStatus.FAILED,
                2,
                "worker-1/1",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                refused,
                Optional.of(List.of(
                        new StepOutcome(
                                "users.update",
                                StepStatus.SUCCEEDED,
                                1,
                                call("PATCH", "/users/{id}", 200, command),
                                Optional.of(answer),
                                Optional.empty()),
                        new StepOutcome(
                                "users.sessions.delete",
                                StepStatus.FAILED,
                                2,
                                call("DELETE", "/users/{user_id}/sessions", 404, command),
                                Optional.empty(),
                                refused),
                        StepOutcome.notDone("users.refreshToken.delete"))),
                Optional.of(NOTICE));
    }

    private static Optional<Upstream> call(String method, String route, int status, TestLog.Appended command) {
        return Optional.of(
                new Upstream(method, route, Optional.of(status), List.of(), List.of(), command.id(), Optional.empty()));
    }
}
