package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.tenant.LogEntry;
import dev.mandate.worker.rig.Rig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Writes whose answers are lost, and what Auth0's own log lets the worker say of them. */
class LostAnswersIT {

    private static final Map<String, String> SETTINGS =
            Map.of("mandate.execution.call-timeout", "2s", "mandate.execution.find-out-within", "10s");
    private static final String TICKETS = "/api/v2/tickets/*";
    private static final String USERS = "/api/v2/users";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private Rig rig;

    @BeforeEach
    void start() {
        rig = Rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void an_unsafe_write_that_auth0s_log_shows_has_succeeded_and_is_done_once() {
        // Given
        rig.startWorker("worker-1", SETTINGS);
        rig.simulator().faults().inject(Fault.once(new Effect.LostAnswer()).on("POST", TICKETS));

        // When
        Outcome outcome = rig.tap().outcome(rig.intake().send(rig.intake().ticket()), PATIENCE);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.attempt()).isEqualTo(1);
        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.result()).as("what Auth0 answered is lost").isEmpty();
        Upstream call = outcome.upstream().orElseThrow();
        assertThat(call.status()).contains(201);
        assertThat(call.logId()).contains(logged("sapi").logId());
        assertThat(rig.simulator().journal().managementWrites()).hasSize(1);
        assertThat(lookUps())
                .isNotEmpty()
                .allSatisfy(lookUp -> assertThat(lookUp.scopes()).containsExactly("read:logs"));
    }

    @Test
    void a_guarded_write_that_is_refused_when_it_is_repeated_has_succeeded_if_auth0s_log_shows_the_first_try() {
        // Given
        rig.startWorker("worker-1", SETTINGS);
        rig.simulator().faults().inject(Fault.once(new Effect.LostAnswer()).on("POST", USERS));

        // When
        Outcome outcome = rig.tap().outcome(rig.intake().send(rig.intake().creation()), PATIENCE);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.attempt()).isEqualTo(2);
        assertThat(outcome.upstream().orElseThrow().status()).contains(201);
        assertThat(outcome.upstream().orElseThrow().logId())
                .contains(logged("sapi").logId());
        assertThat(logged("fapi").status()).isEqualTo(409);
    }

    @Test
    void a_guarded_write_that_somebody_else_has_done_is_unknown() {
        // Given
        rig.startWorker("worker-1", SETTINGS);
        assertThat(rig.tap().outcome(rig.intake().send(rig.intake().creation())).status())
                .isEqualTo(OutcomeStatus.SUCCEEDED);
        rig.simulator().faults().inject(Fault.once(new Effect.CutBefore()).on("POST", USERS));

        // When
        Outcome outcome = rig.tap().outcome(rig.intake().send(rig.intake().creation()), PATIENCE);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.UNKNOWN);
        assertThat(outcome.upstream().orElseThrow().status()).contains(409);
        assertThat(outcome.upstream().orElseThrow().logId()).isEmpty();
        assertThat(error(outcome)).endsWith("Auth0's log did not show it to the worker");
    }

    @Test
    void an_unsafe_write_that_auth0s_log_does_not_show_is_unknown_since_that_proves_nothing() {
        // Given
        rig.startWorker("worker-1", SETTINGS);
        rig.simulator().faults().inject(Fault.once(new Effect.CutBefore()).on("POST", TICKETS));

        // When
        Outcome outcome = rig.tap().outcome(rig.intake().send(rig.intake().ticket()), PATIENCE);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.UNKNOWN);
        assertThat(error(outcome)).endsWith("Auth0's log did not show it to the worker");
        assertThat(rig.simulator().journal().managementWrites()).hasSize(1);
        assertThat(lookUps()).as("asked again").hasSizeGreaterThan(1);
    }

    @Test
    void a_log_that_lags_is_asked_again_and_nothing_overtakes_at_the_target_meanwhile() {
        // Given
        rig.startWorker("worker-1", Map.of("mandate.execution.call-timeout", "2s"));
        rig.simulator().log().lag(Duration.ofSeconds(4));
        rig.simulator().faults().inject(Fault.once(new Effect.LostAnswer()).on("POST", TICKETS));

        // When
        Command lost = rig.intake().send(rig.intake().ticket());
        Command next = rig.intake()
                .send(rig.intake()
                        .command(
                                DemoSeed.ADA,
                                "users.update",
                                "{\"id\":\"" + DemoSeed.UMA + "\",\"body\":{\"name\":\"Next\"}}"));
        Outcome outcome = rig.tap().outcome(lost, PATIENCE);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(lookUps()).hasSizeGreaterThan(1);
        assertThat(rig.tap().outcome(next, PATIENCE).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(appended(next, Started.class::isInstance))
                .isAfterOrEqualTo(appended(lost, Outcome.class::isInstance));
    }

    @Test
    void a_worker_that_stops_while_it_looks_leaves_that_to_the_next() {
        // Given
        ConfigurableApplicationContext first = rig.startWorker("worker-1", SETTINGS);
        rig.simulator().log().lag(Duration.ofHours(1));
        rig.simulator().faults().inject(Fault.once(new Effect.LostAnswer()).on("POST", TICKETS));
        Command lost = rig.intake().send(rig.intake().ticket());
        await().until(() -> !lookUps().isEmpty());

        // When
        rig.stopWorker(first);
        assertThat(rig.tap().outcomes(lost.id())).isEmpty();
        rig.simulator().log().lag(Duration.ZERO);
        rig.startWorker("worker-2", SETTINGS);

        // Then
        assertThat(rig.tap().outcome(lost, PATIENCE).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.tap().starts(lost.id())).hasSize(1);
        assertThat(rig.simulator().journal().managementWrites()).hasSize(1);
    }

    @Test
    void a_macro_goes_on_after_a_step_that_auth0s_log_shows() {
        // Given a first try whose answer is lost, and a second one that is refused
        rig.startWorker("worker-1", SETTINGS);
        rig.simulator().faults().inject(Fault.once(new Effect.LostAnswer()).on("PATCH", "/api/v2/users/*"));
        rig.simulator()
                .faults()
                .inject(Fault.once(
                                new Effect.OtherAnswer((request, answer) -> new Response(404, Map.of(), new byte[0])))
                        .on("PATCH", "/api/v2/users/*"));

        // When
        Outcome outcome = rig.tap()
                .outcome(
                        rig.intake()
                                .send(rig.intake()
                                        .command(DemoSeed.ADA, "users.block", "{\"id\":\"" + DemoSeed.UMA + "\"}")),
                        PATIENCE);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.ACCEPTED_UPSTREAM);
        List<StepOutcome> steps = outcome.steps().orElseThrow();
        assertThat(steps).allMatch(step -> step.status().isDone());
        assertThat(steps.getFirst().attempt()).isEqualTo(2);
        assertThat(steps.getFirst().result()).isEmpty();
        assertThat(steps.getFirst().upstream().orElseThrow().logId())
                .contains(firstWrite().logId());
    }

    @Test
    void without_read_logs_it_is_unknown_and_the_outcome_says_what_would_have_helped() {
        // Given
        rig.startWorker("worker-1", Rig.withoutReadLogs(SETTINGS));
        rig.simulator().faults().inject(Fault.once(new Effect.LostAnswer()).on("POST", TICKETS));

        // When
        Outcome outcome = rig.tap().outcome(rig.intake().send(rig.intake().ticket()), PATIENCE);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.UNKNOWN);
        assertThat(outcome.error().map(OutcomeError::code)).contains("upstream.answer_lost");
        assertThat(error(outcome)).endsWith("which takes read:logs");
        assertThat(lookUps()).isEmpty();
    }

    private LogEntry firstWrite() {
        return rig.simulator().log().entries().stream()
                .filter(entry -> entry.type().equals("sapi"))
                .findFirst()
                .orElseThrow();
    }

    private LogEntry logged(String type) {
        return rig.simulator().log().entries().stream()
                .filter(entry -> entry.type().equals(type))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private List<SeenRequest> lookUps() {
        return rig.simulator().journal().all().stream()
                .filter(request -> request.path().equals("/api/v2/logs"))
                .toList();
    }

    private Instant appended(Command command, Predicate<Object> kind) {
        return rig.tap().statements(command.id()).stream()
                .filter(one -> kind.test(one.statement().event()))
                .map(ReceivedStatement::appendedAt)
                .findFirst()
                .orElseThrow();
    }

    private static String error(Outcome outcome) {
        return outcome.error().map(OutcomeError::message).orElse("");
    }
}
