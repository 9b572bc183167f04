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
import java.util.Optional;
import java.util.stream.Stream;

/** From {@code kill -9} of a worker to the first outcome of a command that was its to do, as the log grows. */
public final class RecoveryWorkload implements Workload {

    /** What to call it on the command line. */
    public static final String NAME = "recovery";

    private static final String ITSELF = "itself, started again";
    private static final String ANOTHER = "another worker";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final List<String> HEADER = List.of(
            "settled commands in the log",
            "who goes on",
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
     * @param crashes how many times a worker is killed at each size, with and without another one
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
        var growths =
                sizes.stream().flatMap(size -> at(size, numbers, progress)).toList();
        var json = StrictJson.object();
        var list = json.putArray("sizes");
        growths.forEach(growth -> list.add(growth.toJson()));
        return new Measured(List.of(table(growths)), json);
    }

    private Stream<Growth> at(int size, Numbers numbers, Progress progress) {
        progress.phase("recovery: %,d settled commands are being made".formatted(size));
        try (var stage = Stage.withBroker(checkout);
                var log = new SettledLog(stage, numbers)) {
            log.write(size, made -> progress.now("%,d".formatted(made)));
            var worker = stage.worker(Map.of());
            var alone = crashes(
                    size, ITSELF, stage, log, new Crash(stage, log, worker, Optional.empty(), PATIENCE), progress);
            worker.close();
            var another = Optional.of(stage.worker(Map.of()));
            var together = crashes(
                    size,
                    ANOTHER,
                    stage,
                    log,
                    new Crash(stage, log, stage.worker(Map.of()), another, PATIENCE),
                    progress);
            return Stream.of(alone, together);
        }
    }

    private Growth crashes(int size, String successor, Stage stage, SettledLog log, Crash crash, Progress progress) {
        progress.phase("recovery: %,d settled commands, %d crashes, %s goes on".formatted(size, crashes, successor));
        stage.upstream().reset(Conduct.taking(Duration.ZERO));
        long waitedBefore = log.waited();
        var seenBefore = stage.upstream().seen();
        var samples = new ArrayList<Crash.Sample>();
        // One after which something is left over would spoil the next.
        boolean well = crash.begin();
        for (int i = 0; i < crashes && well; i++) {
            var sample = crash.happen();
            sample.ifPresent(samples::add);
            well = sample.isPresent();
        }
        var growth = new Growth(
                size,
                successor,
                well ? crashes : samples.size() + 1,
                samples,
                stage.broker().sessionTimeout(),
                log.waited() - waitedBefore,
                stage.upstream().seen().since(seenBefore));
        progress.note(growth.inShort());
        return growth;
    }

    private static Table table(List<Growth> growths) {
        return new Table(
                "From kill -9 of a worker to the first outcome",
                HEADER,
                growths.stream().map(Growth::row).toList(),
                "Median (range) of the crashes. Of a worker that is started again its start counts, too. Half of the commands"
                        + " have an idempotency key.");
    }
}
