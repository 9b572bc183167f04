package dev.mandate.sandbox;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.sandbox.demo.Narrator;
import dev.mandate.sandbox.process.ServiceDirectory;
import dev.mandate.simulator.seed.DemoSeed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ExitCode;

/** A sandbox that stays up for people and scripts to try things on. */
final class Up {

    private static final String FILE = "sandbox.json";

    private final Path checkout;
    private final Path state;
    private final PrintStream out;
    private final PrintStream err;
    private final Narrator narrator;

    Up(Path checkout, PrintStream out, PrintStream err, Narrator narrator) {
        this.checkout = checkout;
        this.state = checkout.resolve(".mandate");
        this.out = out;
        this.err = err;
        this.narrator = narrator;
    }

    /** Starts it and stays until this process is asked to end. */
    int stay() throws IOException {
        ServiceDirectory.create(state);
        // The lock goes with this process, however it ends, so that a stale one never stands in anybody's way.
        try (var channel = FileChannel.open(
                        state.resolve("up.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null) {
                err.println("A sandbox is up already; its " + FILE + " is in " + state);
                return ExitCode.SOFTWARE;
            }
            return up();
        }
    }

    private int up() throws IOException {
        Files.deleteIfExists(state.resolve(FILE));
        narrator.heading("Starting everything on this machine");
        var options = SandboxOptions.of(checkout, state.resolve("sandbox")).toLiveIn();
        try (var sandbox = Sandbox.start(options, narrator::up)) {
            var file =
                    new ServiceDirectory(state).writeSecret(FILE, StrictJson.write(new Description(sandbox).toJson()));
            file.toFile().deleteOnExit();
            tell(sandbox, file);
            new CountDownLatch(1).await();
            return ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.SOFTWARE;
        } finally {
            Files.deleteIfExists(state.resolve(FILE));
        }
    }

    private void tell(Sandbox sandbox, Path file) {
        out.println();
        narrator.heading("Everything is up");
        out.println("  API       " + sandbox.api().url());
        out.println("  Auth0     " + sandbox.simulator().url() + " (the stand-in)");
        out.println("  Kafka     " + sandbox.broker().bootstrapServers());
        out.println("  database  " + sandbox.database().url());
        out.println("  all URLs, users, passwords and keys are in " + file);
        out.println();
        narrator.heading("Log in as an administrator, then block a user and wait for the outcome:");
        out.println();
        out.println(login(sandbox));
        out.println();
        out.println(command(sandbox));
        out.println();
        narrator.remark("./mandate audit verify and ./mandate audit timeline read its log. Ctrl-C stops everything.");
    }

    private static String login(Sandbox sandbox) {
        var ada = sandbox.people().named(People.ADA);
        var login = StrictJson.object()
                .put("grant_type", "password")
                .put("client_id", DemoSeed.CONSOLE)
                .put("audience", Names.AUDIENCE)
                .put("username", ada.email())
                .put("password", ada.password().value());
        return "TOKEN=$(curl -s %soauth/token -H 'Content-Type: application/json' -d %s | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')"
                .formatted(sandbox.simulator().issuer(), quoted(login));
    }

    private static String command(Sandbox sandbox) {
        var command = StrictJson.object().put("tenant", Names.TENANT).put("action", "users.update");
        var arguments = command.putObject("arguments").put("id", DemoSeed.UMA);
        arguments.putObject("body").put("blocked", true);
        command.put("reason", "INC-4711");
        return "curl -s %s/v1/commands -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' -H 'Prefer: wait=5' -d %s"
                .formatted(sandbox.api().url(), quoted(command));
    }

    /** As one word of a shell, whatever a password holds. */
    static String quoted(Object json) {
        return "'" + new String(StrictJson.write(json), StandardCharsets.UTF_8).replace("'", "'\\''") + "'";
    }
}
