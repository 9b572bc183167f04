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
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of work for an upstream that lets through only so many requests: how much of what is allowed is used,
 * how often somebody is refused, and who goes on asking when told to wait.
 *
 * @param checkout the root of the project
 * @param seed chooses the targets
 */
public record LimitsWorkload(Path checkout, Pace pace, long seed) implements Workload {

    /** What to call it on the command line. */
    public static final String NAME = "limits";

    /** Those of an enterprise tenant in production. */
    private static final double PER_SECOND = 16;

    private static final int BURST = 50;
    private static final Conduct UNLIMITED = Conduct.taking(Duration.ofMillis(20));
    private static final Conduct LIMITED = UNLIMITED.limitedTo(PER_SECOND, BURST);
    private static final List<String> HEADER = List.of(
            "",
            "commands/s",
            "let through/s",
            "of the allowed",
            "refused",
            "asked while told to wait",
            "twice",
            "lost",
            "disorder");

    /** What one opponent did. */
    private record Outcome(Opponent opponent, Round round) {

        private double perSecond() {
            return round.limited().passed() * 1e9 / round.took().toNanos();
        }

        private double used() {
            return round.limited().passed() / (BURST + PER_SECOND * round.took().toMillis() / 1000.0);
        }

        private double refused() {
            var limited = round.limited();
            return (double) limited.refused() / (limited.passed() + limited.refused());
        }

        private List<String> row() {
            return List.of(
                    opponent.name(),
                    Figures.of(round.seen().distinct() * 1e9 / round.took().toNanos()),
                    Figures.of(perSecond()),
                    Figures.share(used()),
                    Figures.share(refused()),
                    String.valueOf(round.limited().heedless()),
                    String.valueOf(round.seen().duplicates()),
                    String.valueOf(round.lost()),
                    String.valueOf(round.seen().disorders()));
        }

        private ObjectNode toJson() {
            return StrictJson.object()
                    .put("orders", round.orders())
                    .put("millis", round.took().toMillis())
                    .put("passed", round.limited().passed())
                    .put("refused", round.limited().refused())
                    .put("heedless", round.limited().heedless())
                    .put("duplicates", round.seen().duplicates())
                    .put("lost", round.lost())
                    .put("disorders", round.seen().disorders());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Measured measure(Progress progress) {
        // As long as all of the rounds that count elsewhere, if what is allowed is used, and the bucket besides.
        int orders = BURST + (int) (PER_SECOND * pace.round().toMillis() / 1000 * pace.rounds());
        var unfinished = new ArrayList<String>();
        var outcomes = new Opponents(new Numbers(seed))
                .underALimit().stream()
                        .flatMap(opponent -> outcome(opponent, orders, progress, unfinished))
                        .toList();
        var json = StrictJson.object().put("per_second", PER_SECOND).put("burst", BURST);
        outcomes.forEach(outcome -> json.set(outcome.opponent().key(), outcome.toJson()));
        var list = json.putArray("unfinished");
        unfinished.forEach(list::add);
        return new Measured(List.of(table(outcomes)), json, unfinished);
    }

    private Stream<Outcome> outcome(Opponent opponent, int orders, Progress progress, List<String> unfinished) {
        try {
            return Stream.of(new Outcome(opponent, round(opponent, orders, progress)));
        } catch (RuntimeException e) {
            // What the others do is known, or will be.
            unfinished.add("%s: %s".formatted(opponent.name(), e.getMessage()));
            progress.note(unfinished.getLast());
            return Stream.empty();
        }
    }

    private Round round(Opponent opponent, int orders, Progress progress) {
        progress.phase(opponent.name() + ": starting");
        // What somebody gives up on may be tried again minutes later: nobody else shall be blamed for it.
        try (var stage = Stage.withBroker(checkout);
                var contender = opponent.start().apply(stage)) {
            var rounds = new Rounds(opponent.name() + ", limits", stage, contender, pace, progress);
            rounds.warmUp(UNLIMITED, pace.settling());
            // Auth0 names its limit with each answer: whoever heeds it knows it before there is much to do.
            if (rounds.once(LIMITED, BURST).lost() != 0) {
                throw new IllegalStateException("it leaves something undone where the limit does not matter yet");
            }
            return rounds.once(LIMITED, orders);
        }
    }

    private static Table table(List<Outcome> outcomes) {
        return new Table(
                "Working within a limit: %d requests at once, %d a second".formatted(BURST, (int) PER_SECOND),
                HEADER,
                outcomes.stream().map(Outcome::row).toList(),
                "Mandate's look-ups of people's permissions count as requests. Lost is what was given up.");
    }
}
