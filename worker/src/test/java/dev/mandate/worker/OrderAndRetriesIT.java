package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.management.RateLimit;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.rig.Rig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done in which order, what is done again, and what is not. */
class OrderAndRetriesIT {

    private static final String UPDATE = "/api/v2/users/*";

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.start();
        rig.startWorker(
                "worker-1",
                Map.of(
                        "mandate.authorization.facts-max-age", "30s",
                        "mandate.execution.call-timeout", "1s",
                        "mandate.execution.find-out-within", "2s"));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void reset() {
        rig.simulator().reset();
    }

    @Test
    void commands_for_one_target_run_one_after_another_in_the_order_of_the_log() {
        // Given
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.TooManyRequests(Optional.empty())).on("PATCH", UPDATE));
        List<Command> commands = new ArrayList<>();

        // When
        for (int i = 0; i < 12; i++) {
            commands.add(rig.intake().send(rename(DemoSeed.UMA, "Name " + i)));
        }
        commands.forEach(
                command -> assertThat(rig.tap().outcome(command).status()).isEqualTo(OutcomeStatus.SUCCEEDED));

        // Then
        assertThat(rig.simulator().journal().managementWrites().stream()
                        .filter(write -> write.status().orElse(0) == 200)
                        .map(SeenRequest::text))
                .containsExactlyElementsOf(commands.stream()
                        .map(command ->
                                command.context().arguments().get("body").toString())
                        .toList());
    }

    @Test
    void a_target_that_waits_does_not_keep_others_waiting() {
        // Given
        int held = rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.Hold())
                        .on("PATCH", "/api/v2/users/" + encoded(DemoSeed.UMA))
                        .always());
        List<Command> others = new ArrayList<>();

        // When
        Command slow = rig.intake().send(rename(DemoSeed.UMA, "Slow"));
        for (int i = 0; i < 20; i++) {
            others.add(rig.intake().send(rename(DemoSeed.crowd(i), "Quick")));
        }
        others.forEach(
                command -> assertThat(rig.tap().outcome(command).status()).isEqualTo(OutcomeStatus.SUCCEEDED));

        // Then
        assertThat(rig.tap().outcomes(slow.id())).isEmpty();
        rig.simulator().faults().remove(held);
        assertThat(rig.tap().outcome(slow).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
    }

    @Test
    void rate_limits_and_server_errors_are_waited_out_when_repeating_is_right() {
        // Given
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.TooManyRequests(Optional.of(Duration.ofSeconds(1))))
                        .on("PATCH", UPDATE));
        rig.simulator().faults().inject(Fault.once(new Effect.ServerError(503)).on("PATCH", UPDATE));
        rig.simulator().faults().inject(Fault.once(new Effect.CutBefore()).on("PATCH", UPDATE));
        rig.simulator().faults().inject(Fault.once(new Effect.LostAnswer()).on("PATCH", UPDATE));
        Instant begun = Instant.now();

        // When
        Command command = rig.intake().send(rename(DemoSeed.UMA, "Patience"));
        Outcome outcome = rig.tap().outcome(command);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.attempt()).isEqualTo(5);
        assertThat(rig.tap().starts(command.id())).hasSize(5);
        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void A71_a_connection_that_breaks_off_ends_no_call_and_nothing_touches_its_target_before_it_is_over() {
        // Given a request that goes on at Auth0 when its connection is gone
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.CutMeanwhile(Duration.ofMillis(700)))
                        .on("PATCH", UPDATE));

        // When
        Command cut = rig.intake().send(rename(DemoSeed.UMA, "First"));
        Command next = rig.intake().send(rename(DemoSeed.UMA, "Second"));

        // Then
        assertThat(rig.tap().outcome(cut).attempt()).isEqualTo(2);
        assertThat(rig.tap().outcome(next).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        List<SeenRequest> writes = rig.simulator().journal().managementWrites();
        assertThat(writes).hasSize(3);
        for (int i = 1; i < writes.size(); i++) {
            assertThat(writes.get(i).at()).isAfter(writes.get(i - 1).decidedAt().orElseThrow());
        }
    }

    @Test
    void A71_a_lost_answer_of_an_operation_that_would_be_done_twice_is_unknown_and_not_repeated() {
        // Given
        rig.simulator().faults().inject(Fault.once(new Effect.CutBefore()).on("POST", "/api/v2/tickets/*"));

        // When
        Command command = rig.intake().send(ticket());
        Outcome outcome = rig.tap().outcome(command);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.UNKNOWN);
        assertThat(code(outcome)).isEqualTo("upstream.answer_lost");
        assertThat(rig.simulator().journal().managementWrites()).hasSize(1);
    }

    @Test
    void a_refused_rate_is_no_doubt_and_even_an_unsafe_operation_is_tried_again() {
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.TooManyRequests(Optional.empty())).on("POST", "/api/v2/tickets/*"));

        Outcome outcome = rig.tap().outcome(rig.intake().send(ticket()));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.attempt()).isEqualTo(2);
    }

    @Test
    void a_conflict_after_a_creation_that_may_have_been_done_is_unknown_and_without_one_it_is_a_failure() {
        // Given
        rig.tap().outcome(rig.intake().send(creation("new@acme.example")));
        rig.simulator().faults().inject(Fault.once(new Effect.CutBefore()).on("POST", "/api/v2/users"));

        // When
        Outcome lost = rig.tap().outcome(rig.intake().send(creation("new@acme.example")));
        Outcome plain = rig.tap().outcome(rig.intake().send(creation("new@acme.example")));

        // Then
        assertThat(lost.status()).isEqualTo(OutcomeStatus.UNKNOWN);
        assertThat(plain.status()).isEqualTo(OutcomeStatus.FAILED);
        assertThat(code(plain)).isEqualTo("upstream.refused");
        assertThat(plain.upstream().orElseThrow().status()).contains(409);
    }

    @Test
    void what_cannot_be_done_before_the_deadline_fails_or_is_unknown_where_it_may_have_been_done() {
        // Given
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.TooManyRequests(Optional.empty()))
                        .on("PATCH", "/api/v2/users/" + encoded(DemoSeed.UMA))
                        .always());
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.ServerError(500))
                        .on("PATCH", "/api/v2/users/" + encoded(DemoSeed.GUS))
                        .always());
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        // When
        Command limited = rig.intake().send(Commands.times(rename(DemoSeed.UMA, "Late"), now, now.plusSeconds(4)));
        Command broken = rig.intake().send(Commands.times(rename(DemoSeed.GUS, "Late"), now, now.plusSeconds(4)));

        // Then
        assertThat(rig.tap().outcome(limited).status()).isEqualTo(OutcomeStatus.FAILED);
        assertThat(code(rig.tap().outcome(limited))).isEqualTo("upstream.rate_limited");
        assertThat(rig.tap().outcome(broken).status()).isEqualTo(OutcomeStatus.UNKNOWN);
    }

    @Test
    void the_body_goes_out_as_it_was_signed_nulls_numbers_and_deletions_included() {
        // Given
        String body = "{\"user_metadata\":{\"z\":null,\"a\":1.0,\"n\":100000000000},\"nickname\":\"\\u00e9\"}";

        // When
        Command update = rig.intake()
                .send(rig.intake()
                        .command(
                                DemoSeed.ADA,
                                "users.update",
                                "{\"id\":\"" + DemoSeed.UMA + "\",\"body\":" + body + "}"));
        Outcome outcome = rig.tap().outcome(update);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        String sent = rig.simulator().journal().managementWrites().getFirst().text();
        assertThat(new String(StrictJson.write(update), StandardCharsets.UTF_8)).contains("\"body\":" + sent);
        assertThat(sent).contains("\"z\":null", "\"a\":1.0", "100000000000");
    }

    @Test
    void a_sealed_password_is_opened_for_auth0_alone() {
        // Given
        Command command = rig.intake()
                .sealed(rig.intake()
                        .command(
                                DemoSeed.ADA,
                                "users.update",
                                "{\"id\":\"" + DemoSeed.GUS
                                        + "\",\"body\":{\"password\":\"Correct-Horse-9\""
                                        + ",\"connection\":\"Username-Password-Authentication\"}}"));

        // When
        Outcome outcome = rig.tap().outcome(rig.intake().send(command));

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.simulator().tenant().users().passwordMatches(DemoSeed.GUS, "Correct-Horse-9"))
                .isTrue();
    }

    @Test
    void an_answer_that_is_refused_is_a_failure_with_what_auth0_said_sealed() {
        Command command = rig.intake().send(rename("auth0|nobody", "Nobody"));

        Outcome outcome = rig.tap().outcome(command);

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.FAILED);
        assertThat(code(outcome)).isEqualTo("upstream.refused");
        assertThat(outcome.upstream().orElseThrow().status()).contains(404);
        assertThat(outcome.result()).isPresent();
    }

    @Test
    void the_bulk_lane_is_worked_on_too_and_does_not_overtake_within_a_target() {
        // Given
        int held = rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.Hold())
                        .on("PATCH", "/api/v2/users/" + encoded(DemoSeed.UMA))
                        .always());
        Command first = rig.intake().send(rename(DemoSeed.UMA, "First"));
        rig.tap().started(first);

        // When
        Command waiting = rig.intake().send(Commands.bulk(rename(DemoSeed.UMA, "Bulk")));
        Command free = rig.intake().send(Commands.bulk(rename(DemoSeed.GUS, "Bulk")));

        // Then
        assertThat(rig.tap().outcome(free).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.tap().outcomes(free.id()).getFirst().command().topic()).isEqualTo("mandate.commands.bulk");
        assertThat(rig.tap().events(waiting.id())).isEmpty();
        rig.simulator().faults().remove(held);
        assertThat(rig.tap().outcome(first).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.tap().outcome(waiting).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
    }

    @Test
    void an_endpoint_with_a_limit_of_its_own_holds_up_none_of_the_others() {
        // Given
        rig.simulator().limit(Set.of("users.update"), new RateLimit(5, 1));
        try {
            List<Command> limited = new ArrayList<>();
            List<Command> others = new ArrayList<>();

            // When
            for (int i = 0; i < 25; i++) {
                limited.add(rig.intake().send(rename(DemoSeed.crowd(i), "Limited")));
            }
            for (int i = 25; i < 40; i++) {
                others.add(rig.intake()
                        .send(rig.intake()
                                .command(DemoSeed.ADA, "users.get", "{\"id\":\"" + DemoSeed.crowd(i) + "\"}")));
            }

            // Then
            others.forEach(command -> rig.tap().outcome(command));
            assertThat(limited.stream()
                            .filter(command -> rig.tap().outcomes(command.id()).isEmpty())
                            .count())
                    .isGreaterThan(5);
            rig.simulator().limit(Set.of("users.update"), RateLimit.none());
            limited.forEach(
                    command -> assertThat(rig.tap().outcome(command).status()).isEqualTo(OutcomeStatus.SUCCEEDED));
        } finally {
            rig.simulator().limit(Set.of("users.update"), RateLimit.none());
        }
    }

    @Test
    void a_revoked_management_token_is_replaced() {
        // Given: the token that the worker holds is good no longer, because its key is gone.
        rig.tap().outcome(rig.intake().send(rename(DemoSeed.UMA, "Before")));
        rig.simulator().rotateKeys();
        rig.simulator().revokePreviousKeys();

        // When
        Outcome outcome = rig.tap().outcome(rig.intake().send(rename(DemoSeed.UMA, "After")));

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        await().until(() -> rig.tap().mistrusted().isEmpty());
    }

    private static Command rename(String user, String name) {
        return rig.intake()
                .command(
                        DemoSeed.ADA, "users.update", "{\"id\":\"" + user + "\",\"body\":{\"name\":\"" + name + "\"}}");
    }

    private static Command ticket() {
        return rig.intake()
                .command(DemoSeed.ADA, "tickets.changePassword", "{\"body\":{\"user_id\":\"" + DemoSeed.UMA + "\"}}");
    }

    private static Command creation(String email) {
        return rig.intake()
                .sealed(rig.intake()
                        .command(
                                DemoSeed.ADA,
                                "users.create",
                                "{\"body\":{\"email\":\"" + email
                                        + "\",\"password\":\"Correct-Horse-9\""
                                        + ",\"connection\":\"Username-Password-Authentication\"}}"));
    }

    private static String encoded(String user) {
        return user.replace("|", "%7C");
    }

    private static String code(Outcome outcome) {
        return outcome.error().map(OutcomeError::code).orElse("");
    }
}
