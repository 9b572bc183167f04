package dev.mandate.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.sandbox.Names;
import dev.mandate.sandbox.People;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.client.Answer;
import dev.mandate.sandbox.demo.Stage;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A mass change, and the help desk meanwhile. */
@ExtendWith(SharedSandbox.class)
class BatchesIT {

    private static final int LINES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Sandbox sandbox;
    private final Stage stage;
    private final Targets targets;

    BatchesIT(Sandbox sandbox, Stage stage) {
        this.sandbox = sandbox;
        this.stage = stage;
        this.targets = new Targets(stage.tenant().users());
    }

    @AfterEach
    void auth0_answers_again() {
        sandbox.simulator().faults().clear();
    }

    @Test
    void a_batch_that_is_stuck_delays_no_interactive_command_and_is_carried_out_once_it_is_not() {
        // Given
        List<String> people = Stream.generate(targets::one).limit(LINES).toList();
        people.forEach(this::hold);
        Answer batch = submit(people);
        assertThat(batch.status()).as(batch.inShort()).isEqualTo(202);
        assertThat(batch.body().path("taken").intValue()).isEqualTo(LINES);
        await().atMost(PATIENCE).until(() -> count(batch, "/statuses/started") > 0);

        // When
        Answer interactive = stage.ask(People.ADA, Commands.blocking(targets.one()));
        int ended = count(batch, "/ended");

        // Then
        assertThat(interactive.outcome()).isEqualTo("succeeded");
        assertThat(ended).isZero();

        // When
        sandbox.simulator().faults().clear();

        // Then
        await().atMost(PATIENCE).until(() -> count(batch, "/ended") == LINES);
        assertThat(count(batch, "/statuses/succeeded")).isEqualTo(LINES);
        assertThat(people).allMatch(stage.tenant().users()::isBlocked);
    }

    private Answer submit(List<String> people) {
        String lines = people.stream().map(BatchesIT::line).collect(Collectors.joining("\n"));
        return stage.frontend()
                .send(
                        "/v1/batches",
                        request -> request.header("Authorization", "Bearer " + stage.token(People.ADA))
                                .header("Content-Type", "application/x-ndjson")
                                .header("Idempotency-Key", "\"" + UUID.randomUUID() + "\"")
                                .POST(BodyPublishers.ofString(lines)));
    }

    private int count(Answer batch, String pointer) {
        return stage.frontend()
                .send(
                        "/v1/batches/" + batch.id(),
                        request -> request.header("Authorization", "Bearer " + stage.token(People.ADA)))
                .body()
                .at(pointer)
                .asInt(0);
    }

    private static String line(String userId) {
        var line = StrictJson.object().put("tenant", Names.TENANT).put("action", "users.update");
        line.putObject("arguments").put("id", userId).putObject("body").put("blocked", true);
        return new String(StrictJson.write(line), StandardCharsets.UTF_8);
    }

    private void hold(String userId) {
        sandbox.simulator().faults().inject(Fault.once(new Effect.Hold()).on("PATCH", "/api/v2/users/" + userId));
    }
}
