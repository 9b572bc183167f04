package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.Target;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.rig.Rig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Genuine commands that may not be done: a signed outcome with a code, and no write at Auth0. */
class CommandsAreDecidedIT {

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

    @Test
    void a_command_of_somebody_without_the_permission_is_denied() {
        Outcome outcome = refused(rig.intake().command(DemoSeed.SAM, "users.update", blocking(DemoSeed.UMA)));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.DENIED);
        assertThat(code(outcome)).isEqualTo("policy.permission_missing");
        assertThat(outcome.attempt()).isZero();
        assertThat(outcome.authorization().orElseThrow().facts()).isPresent();
    }

    @Test
    void A54_a_permission_taken_away_while_the_command_waits_counts_no_more() {
        // Given
        Command command = rig.intake().command(DemoSeed.RICK, "users.update", blocking(DemoSeed.UMA));

        // When
        take(DemoSeed.RICK, "editor");
        Outcome outcome = refused(command);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.DENIED);
        assertThat(code(outcome)).isEqualTo("policy.permission_missing");
    }

    @Test
    void A58_a_requester_who_was_blocked_after_getting_a_token_is_denied() {
        Command command = rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA));
        admin("PATCH", "/users/" + DemoSeed.ADA.replace("|", "%7C"), "{\"blocked\":true}", "update:users");

        assertThat(code(refused(command))).isEqualTo("policy.requester_blocked");
    }

    @Test
    void A58_a_requester_who_no_longer_exists_is_denied() {
        Command command = rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA));
        admin("DELETE", "/users/" + DemoSeed.ADA.replace("|", "%7C"), "", "delete:users");

        assertThat(code(refused(command))).isEqualTo("policy.requester_gone");
    }

    @Test
    void A53_a_permission_that_the_token_lacks_is_not_added_by_what_is_granted() {
        String narrow = rig.simulator()
                .forge()
                .access(DemoSeed.ADA, DemoSeed.CONSOLE, Rig.AUDIENCE)
                .claim("permissions", List.of("read:users"))
                .signed();

        assertThat(code(refused(rig.intake().commandWith(narrow, "users.update", blocking(DemoSeed.UMA)))))
                .isEqualTo("policy.permission_missing");
    }

    @Test
    void A56_who_may_update_users_may_not_grant_himself_a_permission() {
        Command command = rig.intake()
                .command(
                        DemoSeed.RICK,
                        "users.permissions.create",
                        "{\"id\":\"" + DemoSeed.RICK
                                + "\",\"body\":{\"permissions\":[{\"resource_server_identifier\":\"" + Rig.AUDIENCE
                                + "\",\"permission_name\":\"delete:users\"}]}}");

        assertThat(code(refused(command))).isIn("policy.marked_permission_missing", "policy.own_grants");
    }

    @Test
    void A56_nobody_gets_a_ticket_or_a_block_lifted_for_themselves_by_their_address() {
        // Given
        String ada = "Ada.Admin@acme.example";
        Command lifted =
                rig.intake().command(DemoSeed.ADA, "userBlocks.deleteByIdentifier", identified("uma@acme.example"));

        // When
        Outcome ticket = refused(rig.intake().command(DemoSeed.ADA, "tickets.changePassword", ticketFor(ada)));
        Outcome block = refused(rig.intake().command(DemoSeed.ADA, "userBlocks.deleteByIdentifier", identified(ada)));
        rig.intake().send(lifted);

        // Then
        assertThat(code(ticket)).isEqualTo("policy.own_grants");
        assertThat(code(block)).isEqualTo("policy.own_grants");
        assertThat(rig.tap().outcome(lifted).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
    }

    @Test
    void A56_nor_by_the_address_of_an_account_that_is_linked_to_theirs() {
        // Given
        admin(
                "POST",
                "/users/" + DemoSeed.ADA.replace("|", "%7C") + "/identities",
                "{\"provider\":\"auth0\",\"user_id\":\"" + DemoSeed.GUS.substring("auth0|".length()) + "\"}",
                "update:users");

        // When
        Outcome block = refused(
                rig.intake().command(DemoSeed.ADA, "userBlocks.deleteByIdentifier", identified("gus@globex.example")));

        // Then
        assertThat(code(block)).isEqualTo("policy.own_grants");
    }

    private static String ticketFor(String email) {
        return "{\"body\":{\"email\":\"" + email + "\",\"connection_id\":\"con_0000000000000001\"}}";
    }

    private static String identified(String identifier) {
        return "{\"query\":{\"identifier\":\"" + identifier + "\"}}";
    }

    @Test
    void an_organizations_administrator_reaches_its_members_and_nobody_else() {
        // Given
        String olga = rig.intake().token(DemoSeed.OLGA, DemoSeed.GLOBEX);

        // When
        Command own = rig.intake().send(rig.intake().commandWith(olga, "users.update", blocking(DemoSeed.GUS)));
        Command other = rig.intake().send(rig.intake().commandWith(olga, "users.update", blocking(DemoSeed.INGA)));
        Command nobodys = rig.intake().send(rig.intake().commandWith(olga, "users.update", blocking(DemoSeed.UMA)));
        Command absent = rig.intake().send(rig.intake().commandWith(olga, "users.update", blocking("auth0|nobody")));

        // Then
        assertThat(rig.tap().outcome(own).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        for (Command each : List.of(other, nobodys, absent)) {
            assertThat(code(rig.tap().outcome(each))).isEqualTo("policy.other_organization");
        }
        assertThat(rig.simulator().journal().managementWrites()).hasSize(1);
    }

    @Test
    void who_has_left_the_organization_has_none_of_its_permissions() {
        Command command = rig.intake()
                .commandWith(
                        rig.intake().token(DemoSeed.OLGA, DemoSeed.GLOBEX), "users.update", blocking(DemoSeed.GUS));
        admin(
                "DELETE",
                "/organizations/" + DemoSeed.GLOBEX + "/members",
                "{\"members\":[\"" + DemoSeed.OLGA + "\"]}",
                "delete:organization_members");

        assertThat(code(refused(command))).isEqualTo("policy.permission_missing");
    }

    @Test
    void A38_an_unknown_action_is_denied() {
        Command command = Commands.action(
                rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA)), "users.explode");

        assertThat(code(refused(command))).isEqualTo("action.unknown");
    }

    @Test
    void A22_an_unknown_tenant_is_denied() {
        Command command = Commands.at(
                rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA)),
                "other-tenant",
                new Target("user", DemoSeed.UMA));

        assertThat(code(refused(command))).isEqualTo("tenant.unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"auth0|x\",\"body\":{\"blocked\":\"yes\"}}",
                "{\"id\":\"auth0|x\",\"body\":{\"user_id\":\"auth0|y\"}}",
                "{\"id\":\"auth0|x\",\"body\":{},\"surplus\":1}",
                "{\"body\":{\"blocked\":true}}",
                "{\"id\":\"\",\"body\":{\"blocked\":true}}",
                "{\"id\":\"..\",\"body\":{\"blocked\":true}}",
                "{\"id\":\"auth0|x/../../clients/abc\",\"body\":{\"blocked\":true}}",
                "{\"id\":\"auth0|x%2e%2e\",\"body\":{\"blocked\":true}}",
                "{\"id\":\"auth0|x?y#z;\",\"body\":{\"blocked\":true}}",
                "{\"id\":\"auth0|\\u202ex\",\"body\":{\"blocked\":true}}"
            })
    void A36_A41_arguments_beyond_the_schema_and_ids_that_are_no_path_segments_are_denied(String arguments) {
        Command good = rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA));
        Command command = Commands.arguments(good, StrictJson.parseObject(arguments.getBytes(StandardCharsets.UTF_8)));

        assertThat(code(refused(command))).isEqualTo("arguments.invalid");
    }

    @Test
    void a_secret_in_the_clear_or_sealed_for_another_command_is_denied() {
        Command command = rig.intake()
                .command(
                        DemoSeed.ADA,
                        "users.update",
                        "{\"id\":\"" + DemoSeed.UMA + "\",\"body\":{\"password\":\"In-the-clear-1\"}}");

        Command other = rig.intake().sealed(command);

        assertThat(code(refused(command))).isEqualTo("arguments.secret");
        assertThat(code(refused(Commands.arguments(
                        rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA)),
                        other.context().arguments()))))
                .isEqualTo("arguments.secret");
    }

    @Test
    void the_target_must_be_the_one_that_the_arguments_name() {
        Command command = Commands.arguments(
                rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA)),
                StrictJson.parseObject(blocking(DemoSeed.GUS).getBytes(StandardCharsets.UTF_8)));

        assertThat(code(refused(command))).isEqualTo("arguments.target");
    }

    @Test
    void A21_a_command_in_another_partition_than_its_targets_is_denied() {
        Command command = rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA));
        Bind bind = command.bind();
        Command moved =
                Commands.bind(command, new Bind(bind.topic(), (bind.partition() + 1) % Rig.PARTITIONS, bind.key()));

        assertThat(code(refused(moved))).isEqualTo("command.partition");
    }

    @Test
    void a_deadline_beyond_what_the_worker_remembers_is_denied() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Command command = Commands.times(
                rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA)),
                now,
                now.plus(Duration.ofDays(30)));

        assertThat(code(refused(command))).isEqualTo("command.lifetime");
    }

    @Test
    void A24_a_command_whose_deadline_has_passed_expires() {
        Instant issued = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(20);
        Command command = Commands.times(
                rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA)),
                issued,
                issued.plusSeconds(10));

        Outcome outcome = refused(command);

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.EXPIRED);
        assertThat(code(outcome)).isEqualTo("command.expired");
    }

    @Test
    void A55_without_facts_nothing_is_done_and_the_command_expires_visibly() {
        // Given
        rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.ServerError(503))
                        .on("GET", "/api/v2/users/*")
                        .always());
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Command command = Commands.times(
                rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA)), now, now.plusSeconds(4));

        // When
        Outcome outcome = refused(command);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.EXPIRED);
        assertThat(code(outcome)).isEqualTo("authorization.facts_unavailable");
    }

    @Test
    void A18_the_same_record_again_is_a_duplicate_and_is_not_done_again() {
        // Given
        Command command = rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA));
        var record = rig.intake().sign(command);

        // When
        rig.intake().send(record);
        var again = rig.intake().send(record);
        rig.tap().outcome(command);
        await().until(() -> !rig.tap().repeats(command.id()).isEmpty());

        // Then
        assertThat(rig.tap().repeats(command.id())).singleElement().satisfies(repeat -> {
            assertThat(repeat.kind()).isEqualTo(Repeat.Kind.DUPLICATE);
            assertThat(repeat.command().offset()).isEqualTo(again.offset());
        });
        assertThat(rig.tap().outcomes(command.id())).hasSize(1);
        assertThat(rig.simulator().journal().managementWrites()).hasSize(1);
    }

    @Test
    void A12_A30_another_request_under_a_known_id_is_a_conflict() {
        // Given
        Command command = rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA));
        Command other = Commands.requestHash(command, "sha-256:another");

        // When
        rig.intake().send(command);
        rig.intake().send(other);
        rig.intake().send(Commands.subject(command, command.subject(), command.clientId()));
        await().until(() -> rig.tap().repeats(command.id()).size() == 2);

        // Then
        assertThat(rig.tap().repeats(command.id()))
                .extracting(Repeat::kind)
                .containsExactly(Repeat.Kind.CONFLICT, Repeat.Kind.DUPLICATE);
        assertThat(rig.simulator().journal().managementWrites()).hasSize(1);
    }

    @Test
    void keys_that_cannot_be_fetched_are_no_proof_of_a_forgery() {
        // Given
        rig.simulator().rotateKeys();
        int fault = rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.ServerError(503))
                        .on("GET", "/.well-known/*")
                        .always());
        Command command = rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA));

        // When
        var sent = rig.intake().send(rig.intake().sign(command));
        await().until(() -> rig.simulator().journal().all().stream()
                .anyMatch(request -> request.path().startsWith("/.well-known/")));
        rig.simulator().faults().remove(fault);

        // Then
        assertThat(rig.tap().outcome(command).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(sent.offset()).isNotNegative();
    }

    private static Outcome refused(Command command) {
        int before = rig.simulator().journal().managementWrites().stream()
                .filter(write -> write.correlationId().isPresent())
                .toList()
                .size();
        rig.intake().send(command);
        Outcome outcome = rig.tap().outcome(command);
        assertThat(rig.simulator().journal().managementWrites().stream()
                        .filter(write -> write.correlationId().isPresent()))
                .hasSize(before);
        return outcome;
    }

    private static String code(Outcome outcome) {
        return outcome.error().map(OutcomeError::code).orElse("");
    }

    private static String blocking(String user) {
        return "{\"id\":\"" + user + "\",\"body\":{\"blocked\":true}}";
    }

    private static void take(String user, String role) {
        rig.bypass().take(user, role);
    }

    private static void admin(String method, String path, String body, String... scopes) {
        rig.bypass().call(method, path, body, scopes);
    }
}
