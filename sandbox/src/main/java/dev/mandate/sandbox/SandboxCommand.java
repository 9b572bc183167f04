package dev.mandate.sandbox;

import dev.mandate.contracts.topic.AccessMatrix;
import dev.mandate.sandbox.broker.SetupScript;
import dev.mandate.sandbox.chaos.Broken;
import dev.mandate.sandbox.chaos.Chaos;
import dev.mandate.sandbox.chaos.Experiment;
import dev.mandate.sandbox.chaos.Trial;
import dev.mandate.sandbox.compose.ComposeSecrets;
import dev.mandate.sandbox.demo.Demo;
import dev.mandate.sandbox.demo.Narrator;
import dev.mandate.sandbox.keys.KeysCommand;
import dev.mandate.sandbox.process.Leftovers;
import dev.mandate.sandbox.process.ServiceFailedException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The sandbox's command line, which {@code ./mandate} starts. */
@Command(name = "mandate", description = "Delegated administration for Auth0, as signed commands on Kafka.")
public final class SandboxCommand {

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    private SandboxCommand(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Runs one command and exits with its status. */
    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        var command = new CommandLine(new SandboxCommand(out, err, isTerminal()));
        command.addSubcommand(new KeysCommand(Clock.systemUTC()));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler((e, line, parsed) -> {
            if (e instanceof ServiceFailedException) {
                err.println(e.getMessage());
                return ExitCode.SOFTWARE;
            }
            if (e instanceof FileSystemException) {
                err.println("A file can't be read or written: " + e.getMessage());
                return ExitCode.SOFTWARE;
            }
            throw e;
        });
        System.exit(command.execute(arguments));
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
                && System.getenv("NO_COLOR") == null
                && !"dumb".equals(System.getenv("TERM"));
    }

    @Command(
            name = "demo",
            description =
                    "Start everything on this machine, play the story, stop. Exits 0 only if all was as expected.")
    int demo() {
        var home = home().resolve(".mandate")
                .resolve("demo-" + ProcessHandle.current().pid());
        return new Demo(SandboxOptions.of(home(), home), narrator()).play();
    }

    @Command(
            name = "chaos",
            description = "Let processes, connections, clocks and the tenant fail under load, and prove what must hold"
                    + " all the same. Exits 0 only if every property holds.")
    int chaos(
            @Option(names = "--minutes", description = "How long; 3 if not said.", defaultValue = "3") double minutes,
            @Option(names = "--seed", description = "Chooses what happens; without it, any.") Optional<Long> seed,
            @Option(
                            names = "--broken",
                            description = "Run workers without a guard instead, and exit 0 only if that is found out:"
                                    + " all, nothing, fencing, offsets, revoked, bounds, starts or recovery.")
                    Optional<String> broken) {
        var home = home().resolve(".mandate")
                .resolve("chaos-" + ProcessHandle.current().pid());
        if (broken.isPresent()) {
            return experiment(home, broken.get());
        }
        var length = Duration.ofSeconds(Math.round(minutes * 60));
        var trial = new Trial(seed.orElseGet(() -> (long) new SecureRandom().nextInt(1_000_000)), length);
        return new Chaos(home(), home, trial, narrator()).run();
    }

    private int experiment(Path home, String broken) {
        List<Broken> all;
        try {
            all = Broken.named(broken);
        } catch (IllegalArgumentException e) {
            err.println("There are no workers without \"" + broken + "\".");
            return ExitCode.USAGE;
        }
        return new Experiment(home(), home, narrator()).run(all);
    }

    @Command(name = "up", description = "Start everything on this machine and stay, until Ctrl-C.")
    int up() throws IOException {
        return new Up(home(), out, err, narrator()).stay();
    }

    @Command(
            name = "secrets",
            description = "Make the keys and passwords that docker-compose.yml mounts, in .mandate/compose.")
    int secrets() throws IOException {
        var directory = home().resolve(".mandate").resolve("compose");
        var secrets = new ComposeSecrets(directory);
        try {
            secrets.write();
        } catch (FileAlreadyExistsException e) {
            err.println(directory + " is there already. New keys would orphan what the old ones signed;"
                    + " move it away if that is what you want.");
            return ExitCode.SOFTWARE;
        }
        out.println("Keys and passwords are in " + directory + ". Before the first start:");
        out.println("  1. Put the Management application's client secret, and nothing else, into "
                + secrets.managementClientSecret());
        out.println("  2. Copy compose/example.env to .env and fill it in.");
        return ExitCode.OK;
    }

    @Command(name = "topics", description = "Print the script that sets up topics and access rules on a broker.")
    void topics() {
        out.print(new SetupScript(AccessMatrix.load()).text());
    }

    /** Tells first what a sandbox that was killed had left running, which is ended now. */
    private Narrator narrator() {
        var narrator = new Narrator(out, terminal);
        var ended = Leftovers.endIn(home().resolve(".mandate"));
        if (!ended.isEmpty()) {
            narrator.remark("An earlier sandbox was killed and left processes behind; they are ended now: "
                    + String.join(", ", ended));
        }
        return narrator;
    }

    /** The checkout that the launcher stands in. */
    private static Path home() {
        return Path.of(System.getProperty("mandate.home", "")).toAbsolutePath().normalize();
    }
}
