package dev.mandate.audit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.audit.Tampering;
import dev.mandate.audit.World;
import dev.mandate.audit.log.Bundle;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.SecretArguments;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class QuarantineCommandTest {

    private static final List<String> PERMISSIONS = List.of("update:users", "users.update:password");

    @TempDir
    Path directory;

    private World world;

    private record Result(int status, String out, String err) {}

    @BeforeEach
    void makeWorld() {
        world = new World(directory);
    }

    @Test
    void list_says_of_each_where_it_stands_since_when_why_and_where_it_was_found() throws IOException {
        // Given a command that is genuine and late, and one that nobody genuine wrote
        world.done(world.blocking("auth0|1"));
        LogRecord late = quarantined(world.blocking("auth0|2"), RejectionCode.CLAIMS_ISSUED_AT);
        LogRecord forged = forged(world.blocking("auth0|3"));

        // When
        Result result = run("list");

        // Then
        assertThat(result.status()).isZero();
        assertThat(result.out().lines().map(line -> List.of(line.split("\t", -1))))
                .hasSize(2)
                .anySatisfy(row -> assertThat(row)
                        .containsExactly(
                                late.position().toString(),
                                late.appendedAt().toString(),
                                "claims.issued_at",
                                origin(late),
                                "auth0|requester",
                                "users.update",
                                "user auth0|2"))
                .anySatisfy(row -> assertThat(row)
                        .containsExactly(
                                forged.position().toString(),
                                forged.appendedAt().toString(),
                                "jws.signature",
                                origin(forged),
                                "",
                                "",
                                ""));
        assertThat(run("list", "--reason", "jws.signature").out().lines())
                .singleElement()
                .asString()
                .startsWith(forged.position().toString());
    }

    @Test
    void list_is_a_table_on_a_terminal() throws IOException {
        quarantined(world.blocking("auth0|1"), RejectionCode.BIND_MISMATCH);

        String out = runOn(true, "list").out();

        assertThat(out)
                .contains("POSITION", "REASON", "1 record(s) in quarantine")
                .doesNotContain("\t");
    }

    @Test
    void show_tells_who_is_said_to_have_asked_for_what_and_no_values() throws IOException {
        // Given
        LogRecord record = quarantined(password("hunter2"), RejectionCode.BIND_MISMATCH);

        // When
        Result result = run("show", record.position().toString());

        // Then
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains(
                        record.position().toString(),
                        "bind.mismatch",
                        origin(record),
                        World.WORKER,
                        "auth0|requester of " + World.PERSON_ISSUER,
                        "users.update on user auth0|1 in acme-prod",
                        "id, body",
                        "“INC-4711”")
                .doesNotContain("hunter2", "eyJ");
    }

    @Test
    void of_what_no_worker_signed_it_repeats_neither_why_nor_whence() throws IOException {
        // Given
        LogRecord found = world.append(world.sign(world.blocking("auth0|1")));
        LogRecord record = world.quarantine(
                found, RejectionCode.TOKEN_INVALID, world.keys().intakeSigner(), whole -> whole);

        // When
        Result list = run("list", "--reason", "unsigned");
        Result show = run("show", record.position().toString());

        // Then
        assertThat(list.out()).startsWith(record.position().toString()).doesNotContain("token.invalid");
        assertThat(show.out())
                .contains("by nobody known: no worker has signed why")
                .doesNotContain("token.invalid", found.position().toString(), World.WORKER);
    }

    @Test
    void show_repeats_nothing_of_what_nobody_genuine_signed() throws IOException {
        LogRecord record = forged(world.blocking("auth0|1"));

        Result result = run("show", record.position().toString());

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("jws.signature", "by nobody known")
                .doesNotContain("auth0|1", "auth0|requester", "users.update");
    }

    @Test
    void as_request_prints_a_body_to_send_and_warns_that_nothing_of_it_is_verified() throws IOException {
        // Given
        LogRecord misplaced = quarantined(world.blocking("auth0|1"), RejectionCode.BIND_MISMATCH);
        LogRecord forged = forged(world.blocking("auth0|2"));

        // When
        Result result = run("show", "--as-request", misplaced.position().toString());
        Result other = run("show", "--as-request", forged.position().toString());

        // Then
        assertThat(result.status()).isZero();
        assertThat(json(result.out())).isEqualTo(json("""
                        {"tenant":"acme-prod","action":"users.update",
                         "arguments":{"id":"auth0|1","body":{"blocked":true}},"reason":"INC-4711"}"""));
        assertThat(result.err()).startsWith("Not verified: the intake signed it, but");
        assertThat(json(other.out()).at("/arguments/id").stringValue()).isEqualTo("auth0|2");
        assertThat(other.err()).startsWith("NOT VERIFIED: nobody known signed it");
    }

    @Test
    void as_request_leaves_secrets_out_sealed_or_not_and_names_them() throws IOException {
        // Given
        LogRecord open = quarantined(password("hunter2"), RejectionCode.BIND_MISMATCH);
        LogRecord sealed = quarantined(sealed(password("hunter3")), RejectionCode.BIND_MISMATCH);

        // When, then
        for (LogRecord record : List.of(open, sealed)) {
            Result result = run("show", "--as-request", record.position().toString());
            assertThat(result.err()).contains("for you to fill in: /arguments/body/password");
            assertThat(json(result.out()).at("/arguments/body").propertyNames()).containsExactly("verify_email");
            assertThat(result.out() + result.err()).doesNotContain("hunter", "eyJ");
        }
    }

    @Test
    void of_an_action_that_is_not_known_here_no_arguments_are_taken() throws IOException {
        // Given
        Command command = password("hunter2");
        LogRecord record = quarantined(asking(command, "users.frobnicate"), RejectionCode.BIND_MISMATCH);

        // When
        Result result = run("show", "--as-request", record.position().toString());

        // Then
        assertThat(json(result.out()).at("/arguments")).isEmpty();
        assertThat(result.err()).contains("for you to fill in: /arguments").doesNotContain("hunter2");
    }

    @Test
    void nothing_is_made_of_what_is_no_command() throws IOException {
        LogRecord garbage =
                world.append(Topics.COMMANDS, 3, new byte[0], "garbage".getBytes(StandardCharsets.UTF_8), List.of());
        LogRecord record = world.quarantine(garbage, RejectionCode.RECORD_CONTENT_TYPE);

        Result result = run("show", "--as-request", record.position().toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Nothing can be made of");
    }

    @Test
    void what_would_deceive_is_made_visible() throws IOException {
        LogRecord record =
                quarantined(asking(world.blocking("auth0|1"), "a\u001b[2J\u202e"), RejectionCode.BIND_MISMATCH);

        for (Result result : List.of(run("list"), run("show", record.position().toString()))) {
            assertThat(result.out()).contains("a\\u{1b}[2J\\u{202e}").doesNotContain("\u001b", "\u202e");
        }
    }

    @Test
    void what_is_not_there_and_what_is_no_position_have_statuses_of_their_own() throws IOException {
        assertThat(run("show", Topics.QUARANTINE + "/0@0").status()).isEqualTo(1);
        assertThat(run("show", Topics.COMMANDS + "/0@0").status()).isEqualTo(2);
        assertThat(run("show", "nonsense").status()).isEqualTo(2);
        assertThat(run("list").out()).isEmpty();
    }

    /** A genuine command that is in quarantine all the same. */
    private LogRecord quarantined(Command command, RejectionCode reason) {
        return world.quarantine(world.append(world.sign(command)), reason);
    }

    private LogRecord forged(Command command) {
        LogRecord genuine = world.append(world.sign(command));
        byte[] value = genuine.value().clone();
        value[value.length - 4] ^= 1;
        LogRecord altered =
                new LogRecord(genuine.position(), genuine.appendedAt(), genuine.key(), value, genuine.headers());
        world.replace(genuine.position(), record -> altered);
        return world.quarantine(altered, RejectionCode.JWS_SIGNATURE);
    }

    private Command password(String value) {
        return world.draft(
                "users.update",
                "{\"id\":\"auth0|1\",\"body\":{\"password\":\"" + value + "\",\"verify_email\":false}}",
                PERMISSIONS);
    }

    private Command sealed(Command command) {
        Action action = Catalogue.bundled().find(command.context().action()).orElseThrow();
        return with(
                command,
                command.context().action(),
                SecretArguments.seal(
                        action,
                        command.id(),
                        command.context().arguments(),
                        world.keys().sealerTo("worker")));
    }

    private static Command asking(Command command, String action) {
        return with(command, action, command.context().arguments());
    }

    private static Command with(Command command, String action, ObjectNode arguments) {
        Transaction context = command.context();
        return Tampering.with(
                command,
                new Transaction(
                        context.tenant(),
                        action,
                        context.target(),
                        arguments,
                        context.reason(),
                        context.lane(),
                        context.idempotencyKey(),
                        context.requestHash()));
    }

    private static String origin(LogRecord quarantined) {
        return quarantined.headers().stream()
                .filter(header -> header.name().equals("mandate-origin"))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode json(String text) {
        return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private Result run(String command, String... more) throws IOException {
        return runOn(false, command, more);
    }

    private Result runOn(boolean terminal, String command, String... more) throws IOException {
        Path bundle = directory.resolve("bundle.txt");
        Bundle.write(world.log(), bundle);
        var arguments = new ArrayList<>(List.of(command, "--bundle", bundle.toString()));
        arguments.addAll(List.of("--ring", world.keys().ring().toString(), "--environment", TestCommands.ENVIRONMENT));
        arguments.addAll(List.of(more));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = QuarantineCommand.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                arguments.toArray(String[]::new));
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
