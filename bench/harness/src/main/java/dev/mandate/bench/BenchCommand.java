package dev.mandate.bench;

import dev.mandate.bench.worker.WorkerWorkload;
import dev.mandate.sandbox.process.Leftovers;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./mandate bench}: measures, prints tables, and writes JSON. It passes no judgement: it exits 0 if it ran. */
@Command(
        name = "mandate bench",
        description = "Measure Mandate beside what a team would use instead, in one run on this machine.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {

    private static final int SEEDS = 1_000_000;

    private final PrintStream out;
    private final boolean terminal;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Workloads: intake, worker, end-to-end, fairness, limits, workers, recovery. All, if not said.")
    private List<String> only = List.of();

    @Option(
            names = "--opponents",
            paramLabel = "NAME",
            split = ",",
            description = "Of the workload worker: mandate, mandate-fresh, mandate-unannounced, loop, loop-signed,"
                    + " listener, retryable, parallel, db-scheduler, jobrunr. All, if not said.")
    private List<String> opponents = List.of();

    @Option(names = "--quick", description = "Seconds instead of minutes: shows that it works, not how fast.")
    private boolean quick;

    @Option(names = "--seed", description = "Chooses targets and arrivals; without it, any.")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the JSON goes; .mandate/bench.json, if not said.")
    private @Nullable Path file;

    @Spec
    private @Nullable CommandSpec spec;

    BenchCommand(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Runs it and exits with its status. */
    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new CommandLine(new BenchCommand(out, isTerminal())).execute(arguments));
    }

    @Override
    public Integer call() {
        require("workload", Bench.WORKLOADS, only);
        require("opponent", WorkerWorkload.OPPONENTS, opponents);
        var checkout =
                Path.of(System.getProperty("mandate.home", "")).toAbsolutePath().normalize();
        Leftovers.endIn(checkout.resolve(".mandate"));
        var options = new BenchOptions(
                checkout,
                quick,
                Optional.ofNullable(seed).orElseGet(() -> (long) new SecureRandom().nextInt(SEEDS)),
                Set.copyOf(only),
                Set.copyOf(opponents),
                Optional.ofNullable(file).orElse(checkout.resolve(".mandate").resolve("bench.json")));
        return new Bench(options, out, terminal).run() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** What is misspelt must not pass for measured. */
    private void require(String kind, Set<String> known, List<String> named) {
        for (var name : named) {
            if (!known.contains(name) && spec != null) {
                throw new ParameterException(spec.commandLine(), "There is no " + kind + " \"" + name + "\".");
            }
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
                && System.getenv("NO_COLOR") == null
                && !"dumb".equals(System.getenv("TERM"));
    }
}
