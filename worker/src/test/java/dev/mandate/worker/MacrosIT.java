package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.journal.StepStatus;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.rig.Rig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Macros: one step after the other, each announced before it begins, and a line for each in the one outcome. */
class MacrosIT {

    private static final String UMA = "/api/v2/users/" + DemoSeed.UMA;
    private static final String SESSIONS = "/api/v2/users/*/sessions";

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.start();
        rig.startWorker("worker-1", Map.of("mandate.authorization.facts-max-age", "0s"));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void reset() {
        rig.simulator().reset();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "users.block; PATCH " + UMA + " update:users, DELETE " + UMA + "/sessions delete:sessions, DELETE "
                        + UMA + "/refresh-tokens delete:refresh_tokens",
                "users.unblock; PATCH " + UMA + " update:users, DELETE /api/v2/user-blocks/" + DemoSeed.UMA
                        + " update:users",
                "users.resetMfa; DELETE " + UMA + "/authentication-methods delete:authentication_methods, DELETE " + UMA
                        + "/authenticators delete:guardian_enrollments, POST " + UMA
                        + "/multifactor/actions/invalidate-remember-browser update:users",
                "users.offboard; PATCH " + UMA + " update:users, DELETE " + UMA + "/sessions delete:sessions, DELETE "
                        + UMA + "/refresh-tokens delete:refresh_tokens, DELETE /api/v2/grants delete:grants"
            })
    void every_step_is_done_once_in_its_order_with_its_own_least_scopes(String macro, String calls) {
        // When
        Command command = send(macro);
        Outcome outcome = rig.tap().outcome(command);

        // Then
        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.status()).isIn(OutcomeStatus.SUCCEEDED, OutcomeStatus.ACCEPTED_UPSTREAM);
        assertThat(writes(command).stream()
                        .map(call -> call.method() + " " + call.decodedPath() + " " + String.join(" ", call.scopes())))
                .containsExactly(calls.split(", "));
        List<StepOutcome> lines = lines(outcome);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.status().isDone()).isTrue();
            assertThat(line.attempt()).isEqualTo(1);
            assertThat(line.upstream().map(Upstream::correlationId))
                    .contains(command.id().value());
        });
        assertThat(rig.tap().starts(command.id()).stream().flatMap(MacrosIT::step))
                .extracting(StepStarted::index, StepStarted::action, StepStarted::before)
                .containsExactlyElementsOf(IntStream.range(0, lines.size())
                        .mapToObj(i -> tuple(i, lines.get(i).action(), lines.subList(0, i)))
                        .toList());
        assertThat(rig.tap().starts(command.id()))
                .extracting(Started::authorization)
                .allSatisfy(decision -> assertThat(decision).hasValueSatisfying(made -> {
                    assertThat(made.decision()).isEqualTo(dev.mandate.contracts.policy.Effect.ALLOW);
                    assertThat(made.catalogue()).contains(Catalogue.bundled().hash());
                    assertThat(made.facts()).isPresent();
                }));
        assertThat(rig.tap().outcomes(command.id())).hasSize(1);
    }

    @Test
    void what_Auth0_has_only_accepted_is_not_called_done_and_whoever_blocks_is_warned() {
        Outcome blocked = rig.tap().outcome(send("users.block"));
        Outcome unblocked = rig.tap().outcome(send("users.unblock"));

        assertThat(blocked.status()).isEqualTo(OutcomeStatus.ACCEPTED_UPSTREAM);
        assertThat(lines(blocked))
                .extracting(StepOutcome::status)
                .containsExactly(StepStatus.SUCCEEDED, StepStatus.ACCEPTED_UPSTREAM, StepStatus.ACCEPTED_UPSTREAM);
        assertThat(blocked.notice()).hasValueSatisfying(text -> assertThat(text).contains("password is reset"));
        assertThat(blocked.result()).isEmpty();
        assertThat(lines(blocked).getFirst().result()).isPresent();
        assertThat(unblocked.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(unblocked.notice()).isEmpty();
    }

    @Test
    void without_all_permissions_no_step_is_begun() {
        // Rick may update users, and end nobody's sessions.
        Command command = rig.intake().send(rig.intake().command(DemoSeed.RICK, "users.block", uma()));

        Outcome outcome = rig.tap().outcome(command);

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.DENIED);
        assertThat(code(outcome)).isEqualTo("policy.permission_missing");
        assertThat(outcome.steps()).isEmpty();
        assertThat(outcome.notice()).isEmpty();
        assertThat(writes(command)).isEmpty();
    }

    @Test
    void the_next_command_for_the_target_waits_for_the_last_step() {
        Command first = send("users.block");
        Command second = send("users.unblock");
        rig.tap().outcome(second);

        assertThat(writes(first).getLast().number())
                .isLessThan(writes(second).getFirst().number());
    }

    @Test
    void the_first_step_that_fails_is_the_last_that_is_begun() {
        // Given a user who is deleted between two steps
        Command command = rig.intake().command(DemoSeed.ADA, "users.unblock", uma());
        int hold = rig.simulator().faults().inject(Fault.once(new Effect.Hold()).on("DELETE", "/api/v2/user-blocks/*"));
        rig.intake().send(command);
        await().until(() -> writes(command).size() == 2);
        rig.bypass().call("DELETE", "/users/" + DemoSeed.UMA.replace("|", "%7C"), "", "delete:users");

        // When
        rig.simulator().faults().remove(hold);
        Outcome outcome = rig.tap().outcome(command);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.FAILED);
        assertThat(code(outcome)).isEqualTo("upstream.refused");
        assertThat(lines(outcome))
                .extracting(StepOutcome::action, StepOutcome::status)
                .containsExactly(
                        tuple("users.update", StepStatus.SUCCEEDED), tuple("userBlocks.delete", StepStatus.FAILED));
        assertThat(lines(outcome).getLast().error().map(OutcomeError::code)).contains("upstream.refused");
    }

    @Test
    void what_comes_after_a_step_that_fails_is_not_done() {
        Command command =
                rig.intake().send(rig.intake().command(DemoSeed.ADA, "users.block", "{\"id\":\"auth0|nobody\"}"));

        Outcome outcome = rig.tap().outcome(command);

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.FAILED);
        assertThat(lines(outcome))
                .extracting(StepOutcome::status)
                .containsExactly(StepStatus.FAILED, StepStatus.NOT_DONE, StepStatus.NOT_DONE);
        assertThat(outcome.notice()).isEmpty();
        assertThat(writes(command)).hasSize(1);
    }

    @Test
    void an_answer_lost_in_the_middle_has_that_step_done_again_and_no_other() {
        rig.simulator().faults().inject(Fault.once(new Effect.LostAnswer()).on("DELETE", SESSIONS));

        Command command = send("users.block");
        Outcome outcome = rig.tap().outcome(command);

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.ACCEPTED_UPSTREAM);
        assertThat(lines(outcome)).extracting(StepOutcome::attempt).containsExactly(1, 2, 1);
        assertThat(starts(command)).containsExactly("0/1", "1/1", "1/2", "2/1");
        assertThat(writes(command)).hasSize(4);
    }

    @Test
    void a_deadline_in_the_middle_is_a_failure_and_never_called_expired() {
        // Given
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.TooManyRequests(Optional.empty()))
                        .on("DELETE", SESSIONS)
                        .always());
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Command command =
                Commands.times(rig.intake().command(DemoSeed.ADA, "users.block", uma()), now, now.plusSeconds(5));

        // When
        rig.intake().send(command);
        Outcome outcome = rig.tap().outcome(command);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.FAILED);
        assertThat(code(outcome)).startsWith("upstream.");
        assertThat(lines(outcome))
                .extracting(StepOutcome::status)
                .containsExactly(StepStatus.SUCCEEDED, StepStatus.FAILED, StepStatus.NOT_DONE);
        assertThat(outcome.notice()).isPresent();
    }

    @Test
    void A54_a_role_taken_away_between_two_steps_stops_it_there() {
        // Given a step that takes longer than facts stay fresh
        Command command = rig.intake().command(DemoSeed.ADA, "users.block", uma());
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.Delay(Duration.ofMillis(2000))).on("PATCH", "/api/v2/users/*"));
        rig.intake().send(command);
        await().until(() -> !writes(command).isEmpty());

        // When
        rig.bypass().take(DemoSeed.ADA, "administrator");
        Outcome outcome = rig.tap().outcome(command);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.FAILED);
        assertThat(code(outcome)).isEqualTo("policy.permission_missing");
        assertThat(lines(outcome))
                .extracting(StepOutcome::status)
                .containsExactly(StepStatus.SUCCEEDED, StepStatus.NOT_DONE, StepStatus.NOT_DONE);
        assertThat(starts(command)).containsExactly("0/1");
        assertThat(writes(command)).hasSize(1);
    }

    private static Command send(String macro) {
        return rig.intake().send(rig.intake().command(DemoSeed.ADA, macro, uma()));
    }

    private static String uma() {
        return "{\"id\":\"" + DemoSeed.UMA + "\"}";
    }

    private static List<SeenRequest> writes(Command command) {
        return rig.simulator().journal().managementWrites().stream()
                .filter(call ->
                        call.correlationId().equals(Optional.of(command.id().value())))
                .toList();
    }

    /** Which step was announced, and which attempt at it. */
    private static List<String> starts(Command command) {
        return rig.tap().starts(command.id()).stream()
                .map(started -> started.step().orElseThrow().index() + "/" + started.attempt())
                .toList();
    }

    private static Stream<StepStarted> step(Started started) {
        return started.step().stream();
    }

    private static List<StepOutcome> lines(Outcome outcome) {
        return outcome.steps().orElseThrow();
    }

    private static String code(Outcome outcome) {
        return outcome.error().map(OutcomeError::code).orElse("");
    }
}
