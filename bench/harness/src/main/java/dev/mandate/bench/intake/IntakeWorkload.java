package dev.mandate.bench.intake;

import dev.mandate.bench.report.Figures;
import dev.mandate.bench.report.Progress;
import dev.mandate.bench.report.Table;
import dev.mandate.bench.report.Workload;
import dev.mandate.bench.stage.Child;
import dev.mandate.bench.stage.Pace;
import dev.mandate.bench.stage.Stage;
import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * How many commands are accepted in a second: signed and acknowledged by the broker, beside an endpoint of the same
 * server that does nothing, and beside a producer that nobody has to ask. One runs at a time.
 *
 * @param checkout the root of the project
 * @param seed chooses the targets
 */
public record IntakeWorkload(Path checkout, Pace pace, long seed) implements Workload {

    /** What to call it on the command line. */
    public static final String NAME = "intake";

    /** Clients, each with a connection; of the raw producer, records under way. */
    private static final int CLIENTS = 64;
    /** A raw producer fills disks, and has less to warm up than a server. */
    private static final Duration LONGEST_WITHOUT_SERVER = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> HEADER =
            List.of("", "accepted/s", "×", "p50 ms", "p99 ms", "server CPU ms each", "×", "client CPU ms", "refused");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Measured measure(Progress progress) {
        var scores = new ArrayList<Score>();
        for (var taker : Taker.all()) {
            progress.phase("intake, " + taker.name() + ": starting");
            try (var stage = taker.broker() ? Stage.withBroker(checkout) : Stage.withoutBroker(checkout)) {
                var settings = new HashMap<>(taker.start().apply(stage));
                boolean http = settings.containsKey("url");
                var warmUp = http || pace.warmUp().compareTo(LONGEST_WITHOUT_SERVER) < 0
                        ? pace.warmUp()
                        : LONGEST_WITHOUT_SERVER;
                settings.put("clients", String.valueOf(CLIENTS));
                settings.put("seed", String.valueOf(seed));
                settings.put("warm-up", String.valueOf(warmUp.toMillis()));
                settings.put("round", String.valueOf(pace.round().toMillis()));
                settings.put("rounds", String.valueOf(pace.rounds()));
                var measured = pace.round().multipliedBy(pace.rounds());
                var longest = warmUp.multipliedBy(LoadMain.LONGEST_WARM_UP).plus(measured);
                progress.phase("intake, %s: warming up and measuring, %d to %d s"
                        .formatted(taker.name(), warmUp.plus(measured).toSeconds(), longest.toSeconds()));
                var load = stage.start(LoadMain.class, settings);
                scores.add(new Score(taker, rounds(load, longest)));
            }
        }
        var json = StrictJson.object();
        json.putObject("pace")
                .put("warm_up_seconds", pace.warmUp().toSeconds())
                .put("rounds", pace.rounds())
                .put("round_seconds", pace.round().toMillis() / 1000.0)
                .put("clients", CLIENTS);
        scores.forEach(score -> json.set(score.taker().key(), score.toJson()));
        return new Measured(List.of(table(scores)), json);
    }

    private static List<Round> rounds(Child load, Duration length) {
        try {
            var file = load.await(LoadMain.RESULT, length.plus(PATIENCE));
            return StrictJson.read(Files.readAllBytes(file), LoadMain.Result.class)
                    .rounds();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Table table(List<Score> scores) {
        var base = scores.getFirst();
        return new Table(
                "Accepting commands, %d clients at once".formatted(CLIENTS),
                HEADER,
                scores.stream().map(score -> row(score, base)).toList(),
                "Median (range) of the rounds; × is Mandate's figure held against the other's."
                        + " The clients share the machine; a raw producer is its own client.");
    }

    private static List<String> row(Score score, Score base) {
        var perSecond = score.of(Round::perSecond);
        var server = score.of(Round::serverMillis);
        return List.of(
                score.taker().name(),
                Figures.of(perSecond),
                Figures.ratio(base.of(Round::perSecond).median(), perSecond.median()),
                Figures.of(score.of(Round::p50)),
                Figures.of(score.of(Round::p99)),
                Figures.of(server),
                Figures.ratio(base.of(Round::serverMillis).median(), server.median()),
                Figures.of(score.of(Round::clientMillis).median()),
                String.valueOf(score.refused()));
    }
}
