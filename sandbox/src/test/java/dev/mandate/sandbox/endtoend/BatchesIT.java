package dev.mandate.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.sandbox.People;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.client.Answer;
import dev.mandate.sandbox.demo.Stage;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
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
        Batch batch = Batch.blocking(stage, people);
        assertThat(batch.answer().status()).as(batch.answer().inShort()).isEqualTo(202);
        assertThat(batch.answer().body().path("taken").intValue()).isEqualTo(LINES);
        await().atMost(PATIENCE).until(() -> batch.count("/statuses/started") > 0);

        // When
        Answer interactive = stage.ask(People.ADA, Commands.blocking(targets.one()));
        int ended = batch.count("/ended");

        // Then
        assertThat(interactive.outcome()).isEqualTo("succeeded");
        assertThat(ended).isZero();

        // When
        sandbox.simulator().faults().clear();

        // Then
        await().atMost(PATIENCE).until(() -> batch.count("/ended") == LINES);
        assertThat(batch.count("/statuses/succeeded")).isEqualTo(LINES);
        assertThat(people).allMatch(stage.tenant().users()::isBlocked);
    }

    @Test
    void what_is_left_of_a_batch_is_called_off_and_what_was_begun_is_carried_out() {
        // Given
        List<String> people = Stream.generate(targets::one).limit(LINES).toList();
        people.forEach(this::hold);
        Batch batch = Batch.blocking(stage, people);
        await().atMost(PATIENCE).until(() -> batch.count("/statuses/started") > 0);

        // When
        Answer asked = batch.cancel();
        assertThat(asked.status()).as(asked.inShort()).isEqualTo(202);
        // What waits for a place behind those that are held is called off as soon as the worker knows.
        await().atMost(PATIENCE).until(() -> batch.count("/statuses/cancelled") > 0);
        sandbox.simulator().faults().clear();

        // Then
        await().atMost(PATIENCE).until(() -> batch.count("/ended") == LINES);
        int done = batch.count("/statuses/succeeded");
        assertThat(done).isBetween(1, LINES - 1);
        assertThat(batch.count("/statuses/cancelled")).isEqualTo(LINES - done);
        assertThat(people.stream().filter(stage.tenant().users()::isBlocked)).hasSize(done);
    }

    private void hold(String userId) {
        sandbox.simulator().faults().inject(Fault.once(new Effect.Hold()).on("PATCH", "/api/v2/users/" + userId));
    }
}
