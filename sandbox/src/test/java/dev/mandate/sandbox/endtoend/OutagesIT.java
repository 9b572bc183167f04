package dev.mandate.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.sandbox.People;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.client.Answer;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.sandbox.demo.Stage;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One thing that Mandate stands on is away, for a while, under the running processes. */
@ExtendWith(SharedSandbox.class)
class OutagesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Sandbox sandbox;
    private final Stage stage;
    private final String user;

    OutagesIT(Sandbox sandbox, Stage stage) {
        this.sandbox = sandbox;
        this.stage = stage;
        this.user = new Targets(stage.tenant().users()).one();
    }

    @Test
    void without_kafka_a_request_gets_503_and_comes_to_nothing_and_with_kafka_it_happens_once() {
        // Given
        var request = Commands.blocking(user).keyed(UUID.randomUUID().toString());
        stage.token(People.ADA);

        // When
        sandbox.broker().stop();
        Answer refused;
        try {
            refused = stage.submit(People.ADA, request);
        } finally {
            sandbox.broker().start();
        }

        // Then
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("broker.unavailable");
        assertThat(refused.headers().firstValue("Location")).isEmpty();
        assertThat(refused.body().has("receipt")).isFalse();
        assertThat(stage.evidence().records())
                .noneMatch(record ->
                        record.key() != null && new String(record.key(), StandardCharsets.UTF_8).endsWith(user));

        // When
        await().atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> stage.submit(People.ADA, request).status() == 202);
        await().atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> stage.tenant().users().isBlocked(user));

        // Then
        var again = stage.ask(People.ADA, request);
        assertThat(again.outcome()).isEqualTo("succeeded");
        assertThat(stage.callsFor(again.id())).hasSize(1);
        assertThat(stage.tenant().users().revision(user)).isEqualTo(2);
    }

    @Test
    void without_auth0_a_command_waits_and_expires_at_its_deadline_for_all_to_see() {
        // Given
        var impatient = sandbox.addApi(Map.of("mandate.intake.lifetime", "6s"));
        try (var frontend = new Frontend(impatient.url(), sandbox.simulator().issuer())) {
            var token = stage.token(People.ADA);
            assertThat(frontend.ask(token, Commands.blocking("auth0|nobody"), Duration.ZERO)
                            .status())
                    .isEqualTo(202);

            // When
            sandbox.simulator()
                    .faults()
                    .inject(Fault.once(new Effect.CutBefore()).always());
            var accepted = frontend.ask(token, Commands.blocking(user), Duration.ZERO);
            var waiting = frontend.follow(token, accepted, Duration.ZERO);
            var ended = frontend.follow(token, accepted, Stage.PATIENCE);

            // Then
            assertThat(accepted.status()).isEqualTo(202);
            assertThat(waiting.outcome()).isEqualTo("accepted");
            assertThat(ended.outcome()).isEqualTo("expired");
            assertThat(ended.code()).isNotEmpty();
            assertThat(stage.tenant().users().isBlocked(user)).isFalse();
        } finally {
            sandbox.simulator().faults().clear();
            sandbox.remove(impatient.service());
        }
        await().atMost(PATIENCE)
                .until(() ->
                        stage.ask(People.ADA, Commands.blocking(user)).outcome().equals("succeeded"));
    }

    @Test
    void without_the_database_commands_are_taken_and_executed_and_with_it_all_of_them_can_be_read() {
        // Given
        stage.token(People.ADA);

        // When
        sandbox.database().stop();
        Answer promised;
        Answer done;
        Answer search;
        try {
            promised = stage.submit(People.ADA, Commands.blocking(user));
            done = stage.ask(People.ADA, Commands.blocking(user).because("again"));
            search = search();
        } finally {
            sandbox.database().start();
        }

        // Then
        assertThat(promised.status()).isEqualTo(202);
        assertThat(done.outcome()).isEqualTo("succeeded");
        assertThat(search.status()).isEqualTo(503);
        assertThat(search.code()).isEqualTo("read_model.unavailable");
        await().atMost(PATIENCE).pollInterval(BETWEEN_LOOKS).untilAsserted(() -> {
            assertThat(search().status()).isEqualTo(200);
            assertThat(search().text("/commands/0/id")).isEqualTo(done.id());
            assertThat(search().text("/commands/1/id")).isEqualTo(promised.id());
            assertThat(search().text("/commands/1/status")).isEqualTo("succeeded");
        });
    }

    /** Commands on this test's user, latest first. */
    private Answer search() {
        return stage.frontend()
                .send(
                        "/v1/commands?target=" + user.replace("|", "%7C"),
                        request -> request.header("Authorization", "Bearer " + stage.token(People.ADA)));
    }
}
