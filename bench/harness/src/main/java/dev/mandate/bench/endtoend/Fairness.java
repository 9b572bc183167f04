package dev.mandate.bench.endtoend;

import dev.mandate.bench.report.Figures;
import dev.mandate.bench.report.Progress;
import dev.mandate.bench.report.Table;
import dev.mandate.bench.report.Workload;
import dev.mandate.bench.stage.Numbers;
import dev.mandate.bench.stage.Pause;
import dev.mandate.bench.stage.Records;
import dev.mandate.bench.stage.Results;
import dev.mandate.bench.stage.Stage;
import dev.mandate.bench.upstream.Conduct;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.Lane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much longer somebody waits for one command while others have asked for much, or for something slow.
 *
 * @param checkout the root of the project
 * @param quick whether seconds have to do
 * @param seed chooses the targets
 */
public record Fairness(Path checkout, boolean quick, long seed) implements Workload {

    /** What to call it on the command line. */
    public static final String NAME = "fairness";

    private static final int SLOW_TARGET = 0;
    private static final List<Integer> OURS =
            IntStream.range(SLOW_TARGET + 1, Stage.TARGETS / 2).boxed().toList();
    private static final List<Integer> THEIRS =
            IntStream.range(Stage.TARGETS / 2, Stage.TARGETS).boxed().toList();
    private static final int SLOW_COMMANDS = 6;
    private static final Duration SLOWNESS = Duration.ofSeconds(2);
    private static final int CLIENTS = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final List<String> HEADER =
            List.of("", "requests", "p50 ms", "× idle", "p99 ms", "× idle", "left of the others'", "failed");

    /** What others want: how many commands, in which lane, of whom; and how the upstream behaves meanwhile. */
    private record Crowd(String name, int commands, Lane lane, List<Integer> targets, Conduct conduct) {}

    /** One line: how long it took, and what was left of the crowd's commands in the end. */
    private record Line(Crowd crowd, Latencies latencies, long left) {

        private ObjectNode toJson() {
            return latencies.toJson().put("left", left);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Measured measure(Progress progress) {
        progress.phase("fairness: starting");
        var boards = new ArrayList<List<Line>>();
        try (var stage = Stage.withBroker(checkout)) {
            var database = stage.startDatabase();
            stage.startWorker(Map.of());
            var api = stage.startApi(database);
            var numbers = new Numbers(seed);
            try (var client = new Client(api.url(), stage.issuer(), numbers.among(OURS))) {
                var load = new Load(stage, client, new Random(seed));
                var warmUp = quick ? Duration.ofSeconds(10) : Duration.ofMinutes(2);
                progress.phase("fairness: warming up for %d s".formatted(warmUp.toSeconds()));
                load.full(Conduct.taking(Duration.ofMillis(20)), CLIENTS, warmUp);
                for (var upstream : List.of(Duration.ofMillis(20), Duration.ofMillis(200))) {
                    progress.phase("fairness, upstream %d ms: getting used to it".formatted(upstream.toMillis()));
                    // What comes right after a crowd, or another upstream, is slower for a while.
                    load.idle(Conduct.taking(upstream), requests());
                    boards.add(crowds(Conduct.taking(upstream)).stream()
                            .map(crowd -> line(crowd, stage, numbers, load, progress))
                            .toList());
                }
            }
        }
        var json = StrictJson.object();
        boards.stream()
                .flatMap(List::stream)
                .forEach(line -> json.set(
                        "%s, upstream %d ms"
                                .formatted(
                                        line.crowd().name(),
                                        line.crowd().conduct().delay()),
                        line.toJson()));
        return new Measured(boards.stream().map(Fairness::table).toList(), json);
    }

    private List<Crowd> crowds(Conduct conduct) {
        int batch = quick ? 1_000 : 10_000;
        return List.of(
                new Crowd("idle", 0, Lane.INTERACTIVE, THEIRS, conduct),
                new Crowd("beside a batch of %,d about others".formatted(batch), batch, Lane.BULK, THEIRS, conduct),
                new Crowd("beside a batch of %,d about the same".formatted(batch), batch, Lane.BULK, OURS, conduct),
                new Crowd(
                        "beside %d on one target, each of which takes %d s"
                                .formatted(SLOW_COMMANDS, SLOWNESS.toSeconds()),
                        SLOW_COMMANDS,
                        Lane.INTERACTIVE,
                        List.of(SLOW_TARGET),
                        conduct.slowFor(SLOW_TARGET, SLOWNESS)),
                new Crowd("idle once more", 0, Lane.INTERACTIVE, THEIRS, conduct));
    }

    private int requests() {
        return quick ? 20 : 200;
    }

    /** Asks for one command after the other, for as long as something of the crowd's is left. */
    private Line line(Crowd crowd, Stage stage, Numbers numbers, Load load, Progress progress) {
        progress.phase("fairness, upstream %d ms: %s".formatted(crowd.conduct().delay(), crowd.name()));
        var commands = stage.signedCommands(numbers.among(crowd.targets()), crowd.lane());
        var records = Stream.generate(() -> Records.of(commands.next().record()))
                .limit(crowd.commands())
                .toList();
        stage.upstream().reset(crowd.conduct());
        try (var producer = stage.broker().producer();
                var results = Results.outcomes(stage.broker())) {
            records.forEach(record -> {
                // One that fails is missed below.
                var _ = producer.send(record);
            });
            producer.flush();
            var latencies = load.idle(
                    crowd.conduct(), requests(), made -> crowd.commands() == 0 || left(crowd, results, made) > 0);
            // The outcome of the last request may be counted after its answer.
            long left = Math.min(crowd.commands(), left(crowd, results, latencies.count()));
            awaitAll(crowd, results, latencies.count());
            return new Line(crowd, latencies, left);
        }
    }

    private static long left(Crowd crowd, Results results, long own) {
        return crowd.commands() + own - results.recorded().results();
    }

    private static void awaitAll(Crowd crowd, Results results, long own) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (left(crowd, results, own) > 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "%s: %d commands have no outcome".formatted(crowd.name(), left(crowd, results, own)));
            }
            Pause.of(BETWEEN_LOOKS);
        }
    }

    private static Table table(List<Line> lines) {
        return new Table(
                "Waiting beside others, the upstream takes %d ms"
                        .formatted(lines.getFirst().crowd().conduct().delay()),
                HEADER,
                lines.stream().map(line -> row(line, lines)).toList(),
                "One request after the other; × is held against the faster of the two idle lines. API, worker, broker, PostgreSQL, upstream and"
                        + " client share the machine.");
    }

    private static double idle(List<Line> lines, double share) {
        return lines.stream()
                .filter(line -> line.crowd().commands() == 0)
                .mapToDouble(line -> line.latencies().quantile(share))
                .min()
                .orElseThrow();
    }

    private static List<String> row(Line line, List<Line> lines) {
        double p50 = line.latencies().quantile(0.5);
        double p99 = line.latencies().quantile(0.99);
        return List.of(
                line.crowd().name(),
                String.valueOf(line.latencies().count()),
                Figures.of(p50),
                Figures.ratio(p50, idle(lines, 0.5)),
                Figures.of(p99),
                Figures.ratio(p99, idle(lines, 0.99)),
                String.valueOf(line.left()),
                String.valueOf(line.latencies().failed()));
    }
}
