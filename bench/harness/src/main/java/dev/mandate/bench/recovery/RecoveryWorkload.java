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
            "not ended");

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
        progress.phase("recovery: starting");
        try (var stage = Stage.withBroker(checkout);
                var log = new SettledLog(stage, new Numbers(seed))) {
            stage.upstream().reset(Conduct.taking(Duration.ZERO));
            var session = stage.broker().sessionTimeout();
            var growths =
                    sizes.stream().map(size -> at(size, stage, log, progress)).toList();
            var seen = stage.upstream().seen();
            var json = StrictJson.object()
                    .put("session_timeout_millis", session.toMillis())
                    .put("waited", log.waited())
                    .put("executed", seen.distinct())
                    .put("executed_twice", seen.duplicates());
            var list = json.putArray("sizes");
            growths.forEach(growth -> list.add(growth.toJson()));
            return new Measured(List.of(table(growths, session)), json);
        }
    }

    private Growth at(int size, Stage stage, SettledLog log, Progress progress) {
        progress.phase("recovery: %,d settled commands are being made".formatted(size));
        log.growTo(size, made -> progress.now("%,d".formatted(made)));
        progress.phase("recovery: %,d settled commands, %d crashes".formatted(size, crashes));
        var worker = stage.worker(Map.of());
        try {
            var crash = new Crash(stage, log, worker, PATIENCE);
            var samples = new ArrayList<Crash.Sample>();
            // One after which something is left over would spoil the next.
            boolean well = crash.begin();
            for (int i = 0; i < crashes && well; i++) {
                var sample = crash.happen();
                sample.ifPresent(samples::add);
                well = sample.isPresent();
            }
            return new Growth(size, well ? crashes : samples.size() + 1, samples);
        } finally {
            stage.end(worker);
        }
    }

    private static Table table(List<Growth> growths, Duration session) {
        return new Table(
                "From kill -9 of the only worker to the first outcome",
                HEADER,
                growths.stream()
                        .map(growth -> growth.row(session.toMillis() / 1000.0))
                        .toList(),
                "Median (range) of the crashes. The worker is started again at once; its start counts.");
    }
}
