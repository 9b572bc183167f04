package dev.mandate.bench.endtoend;

import dev.mandate.bench.report.Figures;
import dev.mandate.bench.report.Progress;
import dev.mandate.bench.report.Table;
import dev.mandate.bench.report.Workload;
import dev.mandate.bench.stage.Numbers;
import dev.mandate.bench.stage.Stage;
import dev.mandate.bench.upstream.Conduct;
import dev.mandate.contracts.json.StrictJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * From {@code POST /v1/commands} to the outcome in its answer, through API, broker, worker and back.
 *
 * @param checkout the root of the project
 * @param quick whether seconds have to do
 * @param seed chooses targets and arrivals
 */
public record EndToEnd(Path checkout, boolean quick, long seed) implements Workload {

    /** What to call it on the command line. */
    public static final String NAME = "end-to-end";

    private static final Conduct AT_ONCE = Conduct.taking(Duration.ZERO);
    private static final Conduct SLOW = Conduct.taking(Duration.ofMillis(20));
    private static final int CLIENTS = 64;
    private static final List<String> HEADER =
            List.of("", "requests/s", "p50 ms", "p99 ms", "upstream ms", "p50 beyond it", "p99 beyond it", "failed");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Measured measure(Progress progress) {
        progress.phase("end to end: starting");
        Map<String, Latencies> all = new LinkedHashMap<>();
        try (var stage = Stage.withBroker(checkout)) {
            var database = stage.startDatabase();
            stage.startWorker(Map.of());
            var api = stage.startApi(database);
            try (var client = new Client(api.url(), stage.issuer(), new Numbers(seed))) {
                var load = new Load(stage, client, new Random(seed));
                var warmUp = quick ? Duration.ofSeconds(10) : Duration.ofMinutes(2);
                progress.phase("end to end: warming up for %d s".formatted(warmUp.toSeconds()));
                load.full(AT_ONCE, CLIENTS, warmUp);
                int requests = quick ? 100 : 1_000;
                progress.phase("end to end: getting used to little");
                // What comes right after a full load is slower for a while.
                load.idle(AT_ONCE, requests);
                progress.phase("end to end: %d requests one after the other, upstream at once".formatted(requests));
                all.put("idle, upstream at once", load.idle(AT_ONCE, requests));
                progress.phase("end to end: %d requests one after the other, upstream 20 ms".formatted(requests));
                all.put("idle, upstream 20 ms", load.idle(SLOW, requests));
                progress.phase("end to end: %d requests one after the other, at once again".formatted(requests));
                all.put("idle, upstream at once, once more", load.idle(AT_ONCE, requests));
                var length = quick ? Duration.ofSeconds(5) : Duration.ofSeconds(30);
                progress.phase("end to end: full load, upstream 20 ms, %d s".formatted(length.toSeconds()));
                var full = load.full(SLOW, CLIENTS, length);
                progress.phase("end to end: half load, upstream 20 ms, %d s".formatted(length.toSeconds()));
                all.put("half load, upstream 20 ms", load.steady(SLOW, full.perSecond() / 2, length));
                all.put("full load, %d clients, upstream 20 ms".formatted(CLIENTS), full);
            }
        }
        var json = StrictJson.object();
        all.forEach((name, latencies) -> json.set(name, latencies.toJson()));
        return new Measured(List.of(table(all)), json);
    }

    private static Table table(Map<String, Latencies> all) {
        return new Table(
                "From POST to the outcome",
                HEADER,
                all.entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .toList(),
                "One API, one worker, one broker, PostgreSQL, the upstream and the client share the machine."
                        + " The upstream's own time is its average, by its own clock, and what is beyond it the difference.");
    }

    private static List<String> row(String name, Latencies latencies) {
        double p50 = latencies.quantile(0.5);
        double p99 = latencies.quantile(0.99);
        return List.of(
                name,
                Figures.of(latencies.perSecond()),
                Figures.of(p50),
                Figures.of(p99),
                Figures.of(latencies.upstreamMillis()),
                Figures.of(p50 - latencies.upstreamMillis()),
                Figures.of(p99 - latencies.upstreamMillis()),
                String.valueOf(latencies.failed()));
    }
}
