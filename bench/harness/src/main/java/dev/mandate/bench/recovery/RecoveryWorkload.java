package dev.mandate.bench.recovery;

import dev.mandate.bench.report.Progress;
import dev.mandate.bench.report.Table;
import dev.mandate.bench.report.Workload;
import dev.mandate.bench.stage.Numbers;
import dev.mandate.bench.stage.Stage;
import dev.mandate.bench.upstream.Conduct;
import dev.mandate.contracts.json.StrictJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From {@code kill -9} of the only worker to the first outcome of a command that waits, as the log grows. */
public final class RecoveryWorkload implements Workload {

    /** What to call it on the command line. */
    public static final String NAME = "recovery";

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final List<String> HEADER = List.of(
            "settled commands in the log",
            "first outcome s",
            "last of %d s".formatted(Crash.WAITING),
            "session time-out s",
            "first beyond it s",
            "not ended",
            "twice");

    private final Path checkout;
    private final List<Integer> sizes;
    private final int crashes;
    private final long seed;

    /**
     * @param checkout the root of the project
     * @param sizes how many commands the log shall hold, in rising order
     * @param crashes how many workers are killed at each size
     * @param seed chooses the targets
     */
    public RecoveryWorkload(Path checkout, List<Integer> sizes, int crashes, long seed) {
        this.checkout = checkout;
        this.sizes = List.copyOf(sizes);
        this.crashes = crashes;
        this.seed = seed;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Measured measure(Progress progress) {
        var numbers = new Numbers(seed);
        var growths = sizes.stream().map(size -> at(size, numbers, progress)).toList();
        var json = StrictJson.object();
        var list = json.putArray("sizes");
        growths.forEach(growth -> list.add(growth.toJson()));
        return new Measured(List.of(table(growths)), json);
    }

    private Growth at(int size, Numbers numbers, Progress progress) {
        progress.phase("recovery: %,d settled commands are being made".formatted(size));
        try (var stage = Stage.withBroker(checkout);
                var log = new SettledLog(stage, numbers)) {
            stage.upstream().reset(Conduct.taking(Duration.ZERO));
            log.write(size, made -> progress.now("%,d".formatted(made)));
            progress.phase("recovery: %,d settled commands, %d crashes".formatted(size, crashes));
            var crash = new Crash(stage, log, stage.worker(Map.of()), PATIENCE);
            var samples = new ArrayList<Crash.Sample>();
            // One after which something is left over would spoil the next.
            boolean well = crash.begin();
            for (int i = 0; i < crashes && well; i++) {
                var sample = crash.happen();
                sample.ifPresent(samples::add);
                well = sample.isPresent();
            }
            return new Growth(
                    size,
                    well ? crashes : samples.size() + 1,
                    samples,
                    stage.broker().sessionTimeout(),
                    log.waited(),
                    stage.upstream().seen());
        }
    }

    private static Table table(List<Growth> growths) {
        return new Table(
                "From kill -9 of the only worker to the first outcome",
                HEADER,
                growths.stream().map(Growth::row).toList(),
                "Median (range) of the crashes. The worker is started again at once; its start counts. Half of the commands"
                        + " have an idempotency key.");
    }
}
