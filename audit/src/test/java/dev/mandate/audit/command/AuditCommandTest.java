package dev.mandate.audit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.audit.TestResolutions;
import dev.mandate.audit.World;
import dev.mandate.audit.log.Bundle;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStatus;
import dev.mandate.contracts.policy.Standing;
import dev.mandate.contracts.resolution.Verdict;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.topic.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuditCommandTest {

    @TempDir
    Path directory;

    private World world;

    private record Result(int status, String out, String err) {}

    @BeforeEach
    void makeWorld() {
        world = new World(directory);
    }

    @Test
    void verify_says_what_holds_on_what_it_rests_and_exits_with_0() throws IOException {
        world.done(world.blocking("auth0|1"));
        Result result = onBundle("verify");
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("Audit of test: 3 records", "ok  ", "rests on: the intake's public keys", "Everything holds.")
                .doesNotContain("FAIL", "\033");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void verify_names_the_record_the_command_and_the_reason_and_exits_with_1() throws IOException {
        ReceivedCommand undecided = world.send(world.blocking("auth0|1"));
        world.later(Duration.ofHours(1));
        Result result = onBundle("verify");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "FAIL",
                        undecided.position() + "  command "
                                + undecided.command().id(),
                        "outcomes: Past its deadline there is no outcome.",
                        "1 of 17 checks do not hold: 1 findings.");
    }

    @Test
    void verify_does_not_claim_what_another_catalogue_would_be_needed_for_and_has_its_own_status_for_that()
            throws IOException {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1, Optional.of(World.elsewhere(world.decide(received.command()))));
        world.journal(received, world.succeeded(received));

        // When
        Result result = onBundle("verify");

        // Then
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out())
                .contains("1 decided with a catalogue that is not known here", "not everything could be")
                .containsPattern("  part +2  The worker's decisions follow")
                .doesNotContain("Everything holds.");
    }

    @Test
    void grace_can_be_given() throws IOException {
        world.send(world.blocking("auth0|1"));
        world.later(Duration.ofMinutes(16));
        assertThat(onBundle("verify", "--grace", "3600").status()).isZero();
        assertThat(onBundle("verify", "--grace", "0").status()).isEqualTo(1);
    }

    @Test
    void commands_for_another_environment_are_not_genuine() throws IOException {
        world.done(world.blocking("auth0|1"));
        assertThat(onBundle("verify", "--environment", "prod").status()).isEqualTo(1);
    }

    @Test
    void timeline_tells_who_asked_for_what_why_and_what_came_of_it() throws IOException {
        // Given
        world.done(world.blocking("auth0|1"));
        ReceivedCommand denied = world.send(world.blocking("auth0|1"));
        world.journal(
                denied,
                world.outcome(
                        denied,
                        OutcomeStatus.DENIED,
                        0,
                        Optional.of(world.decide(
                                denied.command(), world.facts(denied.command(), List.of(), Standing.ACTIVE)))));
        world.send(world.blocking("auth0|1"));
        world.done(world.blocking("auth0|2"));

        // When
        Result result = onBundle("timeline", "--target", "auth0|1");

        // Then
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains(
                        "2026-11-23 12:00:00  auth0|requester  users.update (blocked) on user auth0|1 in acme-prod",
                        "“INC-4711”",
                        "succeeded at 12:00:02, HTTP 200",
                        "denied: some.code",
                        "waiting",
                        "3 command(s)")
                .doesNotContain("auth0|2");
        assertThat(result.out().indexOf("succeeded")).isLessThan(result.out().indexOf("denied"));
        assertThat(onBundle("timeline", "--target", "user|auth0|2").out()).contains("1 command(s)");
        assertThat(onBundle("timeline", "--person", "auth0|requester").out()).contains("4 command(s)");
        assertThat(onBundle("timeline", "--person", "auth0|nobody").out()).contains("0 command(s)");
        assertThat(onBundle("timeline", "--tenant", "acme-prod").out()).contains("4 command(s)");
        assertThat(onBundle("timeline", "--tenant", "other").out()).contains("0 command(s)");
    }

    @Test
    void timeline_tells_what_somebody_said_became_of_a_command_of_which_nobody_knew() throws IOException {
        // Given
        var resolutions = new TestResolutions(world);
        ReceivedCommand settled = world.send(world.blocking("auth0|1"));
        resolutions.settled(settled, resolutions.lost(settled), Verdict.NOT_DONE);
        resolutions.settled(settled, resolutions.outcome(), Verdict.DONE);
        ReceivedCommand succeeded = world.done(world.blocking("auth0|2"));
        resolutions.settled(succeeded, resolutions.outcome(), Verdict.DONE);

        // When
        String out = onBundle("timeline").out();

        // Then
        assertThat(out).contains("unknown: some.code", "not done, says auth0|rosa at 2026-11-23 12:00:03: “Seen”");
        assertThat(out.split("says auth0", -1)).hasSize(2);
    }

    @Test
    void timeline_tells_how_each_step_of_a_macro_ended() throws IOException {
        // Given
        ReceivedCommand over = world.send(world.unblocking("auth0|1"));
        world.begun(over, 1, List.of());
        StepOutcome unblocked = world.line(over, 0, StepStatus.SUCCEEDED, 1);
        world.begun(over, 1, List.of(unblocked));
        world.begun(over, 2, List.of(unblocked));
        world.journal(
                over,
                world.outcome(
                        over, OutcomeStatus.FAILED, List.of(unblocked, world.line(over, 1, StepStatus.FAILED, 2))));
        ReceivedCommand running = world.send(world.unblocking("auth0|2"));
        world.begun(running, 1, List.of());

        // When
        String out = onBundle("timeline").out();

        // Then
        assertThat(out.lines().map(String::strip))
                .contains(
                        "users.update succeeded, HTTP 200",
                        "userBlocks.delete failed: some.code, HTTP 400, attempt 2",
                        "users.update started")
                .anyMatch(line -> line.startsWith("failed: some.code at "));
    }

    @Test
    void timeline_finds_everybody_whom_a_command_affects() throws IOException {
        world.done(world.draft(
                "organizations.members.create",
                "{\"id\":\"org_1\",\"body\":{\"members\":[\"auth0|7\",\"auth0|8\"]}}",
                List.of("create:organization_members")));
        assertThat(onBundle("timeline", "--target", "auth0|8").out()).contains("1 command(s)");
    }

    @Test
    void A15_timeline_does_not_take_the_word_of_what_is_in_quarantine() throws IOException {
        // Given
        ReceivedCommand forged = world.send(world.blocking("auth0|1"));
        world.quarantine(world.records().getFirst(), RejectionCode.TOKEN_INVALID);

        // When, then
        assertThat(onBundle("timeline").out()).contains("not believed: token.invalid");
        assertThat(forged.position()).isNotNull();
    }

    @Test
    void timeline_does_not_take_a_command_for_refused_because_somebody_who_is_no_worker_says_so() throws IOException {
        // Given
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        LogRecord found = world.records().getFirst();
        assertThat(found.position()).isEqualTo(received.position());
        world.quarantine(found, RejectionCode.TOKEN_INVALID, world.keys().intakeSigner(), whole -> whole);

        // When
        String out = onBundle("timeline").out();

        // Then
        assertThat(out).contains("succeeded").doesNotContain("not believed");
    }

    @Test
    void A40_A46_timeline_makes_what_would_deceive_visible() throws IOException {
        // Given
        Command command = world.blocking("auth0|1");
        Transaction context = command.context();
        Command deceiving = new Command(
                command.issuer(),
                command.audience(),
                command.id(),
                command.transaction(),
                command.issuedAt(),
                command.deadline(),
                command.subject(),
                command.clientId(),
                command.scope(),
                new Transaction(
                        context.tenant(),
                        context.action(),
                        context.target(),
                        context.arguments(),
                        Optional.of("ok\u202e\u001b[31m\r\nforged line"),
                        context.lane(),
                        context.idempotencyKey(),
                        context.requestHash()),
                command.requester(),
                command.authorization(),
                command.chain(),
                command.bind());
        world.done(deceiving);

        // When, then
        assertThat(onBundle("timeline").out())
                .contains("ok\\u{202e}\\u{1b}[31m\\u{d}\\u{a}forged line")
                .doesNotContain("\u202e", "\u001b");
    }

    @Test
    void A46_a_name_that_the_intake_has_signed_can_not_write_to_the_terminal() throws IOException {
        // Given
        Command command = world.blocking("auth0|1");
        var chain = new Chain("intake\u001b[2J/1", 7, Optional.empty());
        world.done(World.with(command, command.authorization(), chain));
        world.later(Duration.ofHours(1));

        // When, then
        assertThat(onBundle("verify").out()).contains("intake\\u{1b}[2J/1").doesNotContain("\u001b");
    }

    @Test
    void A75_timeline_shows_no_values_of_arguments() throws IOException {
        List<String> permissions = List.of("update:users", "users.update:password");
        Command command =
                world.draft("users.update", "{\"id\":\"auth0|1\",\"body\":{\"password\":\"hunter2\"}}", permissions);
        world.done(command);
        assertThat(onBundle("timeline").out()).contains("(password)").doesNotContain("hunter2");
    }

    @Test
    void what_is_wrong_on_the_command_line_is_said_with_status_2() {
        assertThat(run("verify").status()).isEqualTo(2);
        assertThat(run("verify").err()).contains("--ring");
        assertThat(run("verify", "--ring", ring()).err()).contains("--kafka", "--bundle");
        assertThat(run("nonsense").status()).isEqualTo(2);
        assertThat(run("verify", "--ring", ring(), "--kafka", "a", "--bundle", "b")
                        .status())
                .isEqualTo(2);
        assertThat(run("verify", "--help").status()).isZero();
        assertThat(run("help").status()).isZero();
        assertThat(run().status()).isEqualTo(2);
    }

    @Test
    void what_can_not_be_read_is_said_in_one_line_with_status_2() throws IOException {
        Path settings = directory.resolve("kafka.properties");
        Files.writeString(
                settings, "bootstrap.servers=127.0.0.1:1\ndefault.api.timeout.ms=500\nrequest.timeout.ms=400\n");
        for (Result result : List.of(
                run("verify", "--ring", directory.resolve("none").toString(), "--bundle", "x"),
                run(
                        "verify",
                        "--ring",
                        ring(),
                        "--bundle",
                        directory.resolve("none").toString()),
                run(
                        "timeline",
                        "--ring",
                        ring(),
                        "--kafka",
                        directory.resolve("none").toString()),
                run("verify", "--ring", ring(), "--kafka", settings.toString()),
                run(
                        "export",
                        "--kafka",
                        settings.toString(),
                        "--out",
                        directory.resolve("o").toString()))) {
            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err().lines()).hasSize(1).allMatch(line -> !line.contains("Exception"));
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    void without_any_key_nothing_is_found_out() throws IOException {
        // Given
        world.done(world.blocking("auth0|1"));
        Path bundle = export();
        Path keyless = Files.createDirectory(directory.resolve("keyless"));

        // When
        Result result = run("verify", "--ring", keyless.toString(), "--bundle", bundle.toString());

        // Then
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("There are no public keys").hasLineCount(1);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void a_fault_of_the_auditors_own_is_no_finding() {
        // Given
        @CommandLine.Command
        final class Faulty implements Runnable {

            @Override
            public void run() {
                throw new UnsupportedOperationException("not foreseen");
            }
        }
        var err = new ByteArrayOutputStream();
        var print = new PrintStream(err, true, StandardCharsets.UTF_8);

        // When
        int status = AuditCommand.line(new Faulty(), print, print, false).execute();

        // Then
        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("by a fault of this program", "not foreseen");
    }

    @Test
    void on_a_terminal_it_is_coloured() throws IOException {
        world.done(world.blocking("auth0|1"));
        Path bundle = export();
        var out = new ByteArrayOutputStream();
        int status = AuditCommand.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err,
                true,
                "verify",
                "--bundle",
                bundle.toString(),
                "--ring",
                ring(),
                "--environment",
                TestCommands.ENVIRONMENT);
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\033[32m✓");
    }

    private Result onBundle(String command, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command, "--bundle", export().toString(), "--ring", ring()));
        if (!List.of(more).contains("--environment")) {
            arguments.addAll(List.of("--environment", TestCommands.ENVIRONMENT));
        }
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private Path export() throws IOException {
        Path bundle = directory.resolve("bundle.txt");
        Bundle.write(world.log(), bundle);
        return bundle;
    }

    private String ring() {
        return world.keys().ring().toString();
    }

    private static Result run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = AuditCommand.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                arguments);
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
