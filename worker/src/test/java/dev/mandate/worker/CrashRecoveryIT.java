package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.rig.Rig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker that goes away between {@code started} and the outcome, and what the next one makes of that. */
class CrashRecoveryIT {

    /** Nothing is waited for, so what runs is cut off as if the process had died. */
    private static final Map<String, String> ABRUPT =
            Map.of("mandate.consumption.drain", "0s", "mandate.execution.call-timeout", "5s");

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
    void a_read_is_done_again() {
        Command command = rig.intake()
                .command(
                        DemoSeed.SAM, "users.get", "{\"id\":\"" + DemoSeed.UMA + "\",\"query\":{\"fields\":\"name\"}}");

        Outcome outcome = crashDuring(command, "GET", "/api/v2/users/" + encoded(DemoSeed.UMA));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.attempt()).isEqualTo(2);
    }

    @Test
    void an_idempotent_write_is_done_again() {
        Command command = rig.intake()
                .command(DemoSeed.ADA, "users.update", "{\"id\":\"" + DemoSeed.UMA + "\",\"body\":{\"blocked\":true}}");

        Outcome outcome = crashDuring(command, "PATCH", "/api/v2/users/*");

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.tap().starts(command.id())).extracting(Started::attempt).containsExactly(1, 2);
        assertThat(rig.tap().outcomes(command.id())).hasSize(1);
    }

    @Test
    void a_guarded_write_is_tried_again_and_a_conflict_leaves_it_unknown_where_auth0s_log_may_not_be_read() {
        Outcome outcome = crashDuring(rig.intake().creation(), "POST", "/api/v2/users", Rig.withoutReadLogs(ABRUPT));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.UNKNOWN);
        assertThat(rig.simulator().journal().managementWrites().getLast().status())
                .hasValue(409);
    }

    @Test
    void a_guarded_write_is_tried_again_and_has_succeeded_where_auth0s_log_shows_that_the_first_try_did_it() {
        Outcome outcome = crashDuring(rig.intake().creation(), "POST", "/api/v2/users");

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.upstream().orElseThrow().status()).contains(201);
        assertThat(outcome.upstream().orElseThrow().logId()).isPresent();
        assertThat(rig.simulator().journal().managementWrites().getLast().status())
                .hasValue(409);
    }

    @Test
    void a_write_that_auth0s_log_shows_has_succeeded_even_if_it_would_not_be_allowed_any_more() {
        Outcome outcome = crashDuring(
                rig.intake().creation(),
                "POST",
                "/api/v2/users",
                ABRUPT,
                () -> rig.simulator().tenant().users().block(DemoSeed.ADA, true));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.attempt()).isEqualTo(1);
        assertThat(outcome.authorization())
                .as("the later decision, which is not what it was done by")
                .isEmpty();
        assertThat(rig.tap().starts(outcome.command().id()).getFirst().authorization())
                .isPresent();
    }

    @Test
    void A71_an_unsafe_write_is_not_tried_again_and_has_succeeded_where_auth0s_log_shows_it() {
        Outcome outcome = crashDuring(rig.intake().ticket(), "POST", "/api/v2/tickets/*");

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.upstream().orElseThrow().logId()).isPresent();
        assertThat(outcome.attempt()).isEqualTo(1);
        assertThat(rig.simulator().journal().managementWrites()).hasSize(1);
    }

    @Test
    void A71_an_unsafe_write_is_not_tried_again_and_stays_unknown_where_auth0s_log_may_not_be_read() {
        Outcome outcome = crashDuring(rig.intake().ticket(), "POST", "/api/v2/tickets/*", Rig.withoutReadLogs(ABRUPT));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.UNKNOWN);
        assertThat(outcome.error().map(OutcomeError::code)).contains("upstream.answer_lost");
        assertThat(outcome.attempt()).isEqualTo(1);
        assertThat(rig.simulator().journal().managementWrites()).hasSize(1);
    }

    @Test
    void a_worker_that_is_told_to_stop_lets_its_call_end_and_says_how_it_ended() {
        // Given
        ConfigurableApplicationContext first = rig.startWorker("worker-1", Map.of());
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.Delay(Duration.ofSeconds(1))).on("PATCH", "/api/v2/users/*"));
        Command command = rig.intake().send(rename("Last"));
        rig.tap().started(command);

        // When
        rig.stopWorker(first);

        // Then
        assertThat(rig.tap().outcome(command).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.tap().outcome(command).attempt()).isEqualTo(1);
    }

    @Test
    void what_was_waiting_behind_it_runs_as_if_for_the_first_time_and_what_was_over_is_skipped() {
        // Given
        ConfigurableApplicationContext first = rig.startWorker("worker-1", ABRUPT);
        Command over = rig.intake().send(rename("Over"));
        rig.tap().outcome(over);
        int hold = rig.simulator().faults().inject(Fault.once(new Effect.Hold()).on("PATCH", "/api/v2/users/*"));
        Command held = rig.intake().send(rename("Held"));
        Command waiting = rig.intake().send(rename("Waiting"));
        rig.tap().started(held);

        // When
        rig.stopWorker(first);
        rig.simulator().faults().remove(hold);
        startNext(ABRUPT);

        // Then
        assertThat(rig.tap().outcome(held).attempt()).isEqualTo(2);
        assertThat(rig.tap().outcome(waiting).attempt()).isEqualTo(1);
        assertThat(rig.tap().events(over.id())).hasSize(2);
        assertThat(rig.simulator().journal().managementWrites().getLast().text())
                .contains("Waiting");
    }

    @Test
    void A18_A19_a_worker_that_knows_the_past_from_the_journal_alone_still_tells_repeats() {
        // Given
        ConfigurableApplicationContext first = rig.startWorker("worker-1", ABRUPT);
        Command command = rename("Once");
        var record = rig.intake().sign(command);
        rig.intake().send(record);
        rig.tap().outcome(command);
        rig.stopWorker(first);

        // When
        rig.startWorker("worker-2", ABRUPT);
        rig.intake().send(record);
        rig.intake().send(Commands.requestHash(command, "sha-256:another"));
        rig.intake()
                .send(Commands.times(
                        command, command.issuedAt(), command.deadline().plusSeconds(1)));
        await().until(() -> rig.tap().repeats(command.id()).size() == 3);

        // Then
        assertThat(rig.tap().repeats(command.id()))
                .extracting(Repeat::kind)
                .containsExactly(Repeat.Kind.DUPLICATE, Repeat.Kind.CONFLICT, Repeat.Kind.DUPLICATE);
        assertThat(rig.simulator().journal().managementWrites()).hasSize(1);
    }

    /** Has a worker go away while its call is on its way, the call still be done, and another worker come. */
    private Outcome crashDuring(Command command, String method, String path) {
        return crashDuring(command, method, path, ABRUPT);
    }

    private Outcome crashDuring(Command command, String method, String path, Map<String, String> settings) {
        return crashDuring(command, method, path, settings, () -> {});
    }

    private Outcome crashDuring(
            Command command, String method, String path, Map<String, String> settings, Runnable meanwhile) {
        ConfigurableApplicationContext first = rig.startWorker("worker-1", settings);
        // Facts first, so that of two equal reads the command's own is held.
        rig.tap()
                .outcome(rig.intake()
                        .send(rig.intake().command(DemoSeed.SAM, "users.get", "{\"id\":\"" + DemoSeed.GUS + "\"}")));
        int hold = rig.simulator().faults().inject(Fault.once(new Effect.Hold()).on(method, path));
        rig.intake().send(command);
        rig.tap().started(command);
        await().until(() -> rig.simulator().journal().all().stream()
                .anyMatch(request -> request.faults().toString().contains("Hold")));
        rig.stopWorker(first);
        assertThat(rig.tap().outcomes(command.id())).isEmpty();
        rig.simulator().faults().remove(hold);
        long held = rig.simulator().journal().all().stream()
                .filter(request -> request.faults().toString().contains("Hold"))
                .findFirst()
                .orElseThrow()
                .number();
        await().until(() -> rig.simulator().journal().all().stream()
                .anyMatch(
                        request -> request.number() == held && request.status().isPresent()));
        meanwhile.run();
        startNext(settings);
        return rig.tap().outcome(command);
    }

    /** Waits shorter until a call is over that may have been begun before, since the first worker's is known to be. */
    private void startNext(Map<String, String> settings) {
        Map<String, String> impatient = new HashMap<>(settings);
        impatient.put("mandate.execution.call-timeout", "2s");
        rig.startWorker("worker-1", impatient);
    }

    private Command rename(String name) {
        return rig.intake()
                .command(
                        DemoSeed.ADA,
                        "users.update",
                        "{\"id\":\"" + DemoSeed.UMA + "\",\"body\":{\"name\":\"" + name + "\"}}");
    }

    private static String encoded(String user) {
        return user.replace("|", "%7C");
    }
}
