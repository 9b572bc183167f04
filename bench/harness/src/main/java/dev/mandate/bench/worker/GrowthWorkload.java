package dev.mandate.bench.worker;

import dev.mandate.bench.report.Figures;
import dev.mandate.bench.report.Progress;
import dev.mandate.bench.report.Table;
import dev.mandate.bench.report.Workload;
import dev.mandate.bench.stage.Numbers;
import dev.mandate.bench.stage.Pace;
import dev.mandate.bench.stage.Stage;
import dev.mandate.bench.upstream.Conduct;
import dev.mandate.contracts.json.StrictJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What more workers bring, where the upstream and not the processor is what they wait for.
 *
 * @param checkout the root of the project
 * @param seed chooses the targets
 */
public record GrowthWorkload(Path checkout, Pace pace, long seed) implements Workload {

    /** What to call it on the command line. */
    public static final String NAME = "workers";

    private static final Conduct AT_ONCE = Conduct.taking(Duration.ZERO);
    private static final Conduct SLOW = Conduct.taking(Duration.ofMillis(500));
    private static final List<String> HEADER =
            List.of("", "commands/s", "× one worker", "CPU ms each", "twice", "lost", "disorder");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Measured measure(Progress progress) {
        var scores = new ArrayList<Score>();
        try (var stage = Stage.withBroker(checkout)) {
            for (var opponent : new Opponents(new Numbers(seed)).growing()) {
                progress.phase(opponent.name() + ": starting");
                try (var contender = opponent.start().apply(stage)) {
                    var rounds = new Rounds(opponent.name(), stage, contender, longer(), progress);
                    // With a slow upstream there would be too few commands for the compiler to be done.
                    rounds.warmUp(AT_ONCE, pace.warmUp());
                    rounds.warmUp(SLOW, pace.settling());
                    scores.add(new Score(opponent, rounds.measure(SLOW)));
                }
            }
        }
        var json = StrictJson.object();
        scores.forEach(score -> json.set(score.opponent().key(), score.toJson()));
        return new Measured(List.of(table(scores)), json);
    }

    /** The first and the last of so slow calls leave much of a short round unused. */
    private Pace longer() {
        return new Pace(pace.warmUp(), pace.settling(), pace.round().multipliedBy(4), pace.rounds());
    }

    private static Table table(List<Score> scores) {
        var one = scores.getFirst();
        return new Table(
                "More workers, the upstream takes %d ms".formatted(SLOW.delay()),
                HEADER,
                scores.stream().map(score -> row(score, one)).toList(),
                "Each worker does %d at once, so that one can do %d a second at the most."
                        .formatted(Opponents.FEW, Opponents.FEW * 1000 / SLOW.delay()));
    }

    private static List<String> row(Score score, Score one) {
        return List.of(
                score.opponent().name(),
                Figures.of(score.perSecond()),
                Figures.ratio(score.perSecond().median(), one.perSecond().median()),
                Figures.of(score.cpuMillis()),
                String.valueOf(score.duplicates()),
                String.valueOf(score.lost()),
                String.valueOf(score.disorders()));
    }
}
