package dev.mandate.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.json.StrictJson;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code GET /v1/commands/{id}} over real HTTP, on a real log and a real database. */
class CommandReadingIT {

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
    }

    @AfterAll
    static void stop() {
        log.close();
        stage.close();
    }

    static String self(TestLog.Appended command) {
        return intake.context().getBean(CommandLinks.class).self(command.id(), command.position());
    }

    static JsonNode json(HttpResponse<String> response) {
        return StrictJson.parse(response.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_command_can_be_read_as_soon_as_it_was_accepted() {
        // Given
        TestPerson ada = Stage.person("auth0|ada");
        // When
        TestLog.Appended command = log.append(ada);
        HttpResponse<String> answer = intake.get(ada, self(command));
        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("status").stringValue()).isEqualTo("accepted");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void the_answer_is_opened_for_the_requester() {
        // Given
        TestPerson ada = Stage.person("auth0|ada");
        TestLog.Appended command = log.append(ada);
        log.started(command, 1);
        log.succeeded(command, "{\"user_id\":\"auth0|1\",\"blocked\":true}");
        // When
        HttpResponse<String> answer = intake.get(ada, self(command), "Prefer", "wait=10");
        // Then
        assertThat(json(answer).path("status").stringValue()).isEqualTo("succeeded");
        assertThat(json(answer).path("result_state").stringValue()).isEqualTo("opened");
        assertThat(json(answer).path("result").path("blocked").booleanValue()).isTrue();
    }
}
