package dev.mandate.bench.worker;

import dev.mandate.bench.report.Figures;
import dev.mandate.bench.report.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What each of Mandate's safeties costs: the difference between two opponents, one of which is without it. */
final class Safeties {

    private static final List<String> HEADER = List.of("", "CPU ms each", "store ms", "commands/s without → with");
    private static final List<Safety> ALL = List.of(
            new Safety("signatures: verify the command, sign started and outcome", "loop-signed", "loop"),
            new Safety("re-check: asking anew each time, not every 30 s", "mandate-fresh", "mandate"),
            new Safety("journal: announcing what begins, before it does", "mandate", "mandate-unannounced"),
            new Safety("everything: Mandate beyond the loop with its signatures", "mandate", "loop-signed"));

    private Safeties() {}

    /** One of them, and the keys of who is with it and who without. */
    private record Safety(String name, String with, String without) {}

    /** The table for one upstream; none if nobody is there to be compared. */
    static Optional<Table> of(String title, List<Score> scores) {
        var rows = ALL.stream().flatMap(safety -> row(safety, scores)).toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        title,
                        HEADER,
                        rows,
                        "Differences of medians; what is within the spread above is noise. One loop does one thing at a"
                                + " time."));
    }

    private static Stream<List<String>> row(Safety safety, List<Score> scores) {
        return find(safety.with(), scores)
                .flatMap(with -> find(safety.without(), scores)
                        .map(without -> List.of(
                                safety.name(),
                                difference(
                                        with,
                                        without,
                                        score -> score.cpuMillis().median()),
                                difference(
                                        with,
                                        without,
                                        score -> score.storeMillis().median()),
                                Figures.of(without.perSecond().median()) + " → "
                                        + Figures.of(with.perSecond().median()))))
                .stream();
    }

    private static Optional<Score> find(String key, List<Score> scores) {
        return scores.stream()
                .filter(score -> score.opponent().key().equals(key))
                .findFirst();
    }

    private static String difference(Score with, Score without, Function<Score, Double> of) {
        double more = of.apply(with) - of.apply(without);
        return (more < 0 ? "" : "+") + Figures.of(more);
    }
}
