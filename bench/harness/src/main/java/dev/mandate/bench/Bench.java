package dev.mandate.bench;

import dev.mandate.bench.endtoend.EndToEnd;
import dev.mandate.bench.endtoend.Fairness;
import dev.mandate.bench.intake.IntakeWorkload;
import dev.mandate.bench.recovery.RecoveryWorkload;
import dev.mandate.bench.report.Machine;
import dev.mandate.bench.report.Progress;
import dev.mandate.bench.report.Run;
import dev.mandate.bench.report.Workload;
import dev.mandate.bench.stage.ClassPaths;
import dev.mandate.bench.stage.Pace;
import dev.mandate.bench.worker.GrowthWorkload;
import dev.mandate.bench.worker.LimitsWorkload;
import dev.mandate.bench.worker.WorkerWorkload;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One run: every workload that was asked for, one after the other. */
final class Bench {

    /** The names of all workloads. */
    static final Set<String> WORKLOADS = Set.of(
            IntakeWorkload.NAME,
            WorkerWorkload.NAME,
            EndToEnd.NAME,
            Fairness.NAME,
            LimitsWorkload.NAME,
            GrowthWorkload.NAME,
            RecoveryWorkload.NAME);

    private static final List<Integer> SHORT_LOGS = List.of(1_000, 100_000);
    private static final List<Integer> LONG_LOGS = List.of(1_000, 100_000, 1_000_000);

    private final BenchOptions options;
    private final PrintStream out;
    private final boolean terminal;

    /** @param terminal whether colours and progress are welcome */
    Bench(BenchOptions options, PrintStream out, boolean terminal) {
        this.options = options;
        this.out = out;
        this.terminal = terminal;
    }

    /** Returns whether every workload came to something. */
    boolean run() {
        boolean failed = false;
        var machine = Machine.here();
        var mode = options.quick() ? "quick" : "full";
        var run = new Run(machine, Instant.now(), mode, options.seed(), versions());
        out.println(machine.inShort());
        out.println(mode + ", seed " + options.seed());
        var progress = new Progress(out, terminal);
        for (var workload : workloads()) {
            try {
                var measured = workload.measure(progress);
                progress.clear();
                measured.tables().forEach(table -> table.print(out, terminal));
                run.add(workload.name(), measured);
                measured.unfinished().forEach(what -> out.println("Came to nothing: " + what));
                failed |= !measured.unfinished().isEmpty();
            } catch (RuntimeException e) {
                progress.clear();
                out.printf("%n%s came to nothing: %s%n", workload.name(), e);
                failed = true;
            }
            // What is known is kept, even if what comes next is broken off.
            run.write(options.out(), Instant.now());
        }
        out.printf("%nEvery sample is in %s%n", options.out());
        return !failed;
    }

    private List<Workload> workloads() {
        var pace = options.quick() ? Pace.quick() : Pace.full();
        List<Workload> all = List.of(
                new IntakeWorkload(options.checkout(), pace, options.seed()),
                new WorkerWorkload(options.checkout(), pace, options.seed(), options.opponents()),
                new EndToEnd(options.checkout(), options.quick(), options.seed()),
                new Fairness(options.checkout(), options.quick(), options.seed()),
                new LimitsWorkload(options.checkout(), pace, options.seed()),
                new GrowthWorkload(options.checkout(), pace, options.seed()),
                new RecoveryWorkload(
                        options.checkout(), options.quick() ? SHORT_LOGS : LONG_LOGS, pace.rounds(), options.seed()));
        return all.stream()
                .filter(workload -> options.only().isEmpty() || options.only().contains(workload.name()))
                .toList();
    }

    private Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        versions.put("kafka-clients", version("peer", "kafka-clients"));
        versions.put("spring-kafka", version("listener", "spring-kafka"));
        versions.put("parallel-consumer-core", version("parallel", "parallel-consumer-core"));
        versions.put("kafka-clients of parallel-consumer-core", version("parallel", "kafka-clients"));
        versions.put("db-scheduler", version("dbscheduler", "db-scheduler"));
        versions.put("jobrunr", version("jobrunr", "jobrunr"));
        versions.put("spring-boot", version("bare", "spring-boot"));
        versions.put("kafka", version("harness", "kafka_2.13"));
        return versions;
    }

    private String version(String module, String library) {
        return ClassPaths.version(options.checkout(), module, library);
    }
}
