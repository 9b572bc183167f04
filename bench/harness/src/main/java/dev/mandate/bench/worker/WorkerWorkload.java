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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many commands are executed in a second, and what each takes of the processor: with an upstream that answers at
 * once, and with one that takes its time. One opponent runs at a time, beside broker, upstream and harness.
 */
public final class WorkerWorkload implements Workload {

    /** What to call it on the command line. */
    public static final String NAME = "worker";
    /** The keys of all opponents. */
    public static final Set<String> OPPONENTS =
            new Opponents(new Numbers(0)).all().stream().map(Opponent::key).collect(Collectors.toUnmodifiableSet());

    private static final List<Duration> UPSTREAMS = List.of(Duration.ZERO, Duration.ofMillis(20));
    private static final String NOTHING = "–";
    private static final List<String> HEADER =
            List.of("", "commands/s", "×", "CPU ms each", "×", "store ms", "twice", "lost", "disorder");

    /** What everybody did with one upstream. */
    private record Board(Duration upstream, List<Score> scores) {}

    private final Path checkout;
    private final Pace pace;
    private final long seed;
    private final Set<String> only;
    private final List<String> unfinished = new ArrayList<>();

    /**
     * @param checkout the root of the project
     * @param seed chooses the targets
     * @param only keys of opponents; none for all
     */
    public WorkerWorkload(Path checkout, Pace pace, long seed, Set<String> only) {
        this.checkout = checkout;
        this.pace = pace;
        this.seed = seed;
        this.only = Set.copyOf(only);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Measured measure(Progress progress) {
        var boards = UPSTREAMS.stream()
                .map(upstream -> new Board(upstream, new ArrayList<>()))
                .toList();
        var opponents = new Opponents(new Numbers(seed))
                .all().stream()
                        .filter(opponent -> only.isEmpty() || only.contains(opponent.key()))
                        .toList();
        for (var store : Opponent.Store.values()) {
            var those = opponents.stream()
                    .filter(opponent -> opponent.store() == store)
                    .toList();
            if (!those.isEmpty()) {
                measure(store, those, boards, progress);
            }
        }
        return new Measured(
                boards.stream()
                        .filter(board -> !board.scores().isEmpty())
                        .flatMap(this::tables)
                        .toList(),
                json(boards),
                unfinished);
    }

    private void measure(Opponent.Store store, List<Opponent> opponents, List<Board> boards, Progress progress) {
        try (var stage = store == Opponent.Store.KAFKA ? Stage.withBroker(checkout) : Stage.withoutBroker(checkout)) {
            for (var opponent : opponents) {
                progress.phase(opponent.name() + ": starting");
                try (var contender = opponent.start().apply(stage)) {
                    measure(opponent, new Rounds(opponent.name(), stage, contender, pace, progress), boards, progress);
                } catch (RuntimeException e) {
                    // What the others do is known, or will be.
                    unfinished.add("%s: %s".formatted(opponent.name(), e.getMessage()));
                    progress.note(unfinished.getLast());
                }
            }
        }
    }

    private void measure(Opponent opponent, Rounds rounds, List<Board> boards, Progress progress) {
        var warmUp = pace.warmUp();
        for (var board : boards) {
            var conduct = Conduct.taking(board.upstream());
            rounds.warmUp(conduct, warmUp);
            var score = new Score(opponent, rounds.measure(conduct));
            board.scores().add(score);
            progress.note("%s, upstream %d ms: %s/s, %s ms of CPU each"
                    .formatted(
                            opponent.name(),
                            conduct.delay(),
                            Figures.of(score.perSecond()),
                            Figures.of(score.cpuMillis())));
            if (score.lost() != 0) {
                // What is left over would be done in the next round, and counted there.
                return;
            }
            warmUp = pace.settling();
        }
    }

    private ObjectNode json(List<Board> boards) {
        var json = StrictJson.object();
        json.putObject("pace")
                .put("warm_up_seconds", pace.warmUp().toSeconds())
                .put("rounds", pace.rounds())
                .put("round_seconds", pace.round().toMillis() / 1000.0);
        var list = json.putArray("unfinished");
        unfinished.forEach(list::add);
        boards.forEach(board -> {
            var of = json.putObject("upstream_" + board.upstream().toMillis() + "_ms");
            board.scores().forEach(score -> of.set(score.opponent().key(), score.toJson()));
        });
        return json;
    }

    private Stream<Table> tables(Board board) {
        var upstream = board.upstream().isZero()
                ? "the upstream answers at once"
                : "the upstream takes %d ms".formatted(board.upstream().toMillis());
        return Stream.concat(
                Stream.of(table("Executing commands, " + upstream, board)),
                Safeties.of("What each safety costs, " + upstream, board.scores()).stream());
    }

    private Table table(String title, Board board) {
        var base = board.scores().stream()
                .filter(score -> score.opponent().key().equals(Opponents.MANDATE))
                .findFirst();
        return new Table(
                title,
                HEADER,
                board.scores().stream().map(score -> row(score, base)).toList(),
                "Median (range) of the rounds; × is Mandate's figure held against the opponent's. Twice, lost and"
                        + " disorder are counted by the upstream.");
    }

    private static List<String> row(Score score, Optional<Score> base) {
        return List.of(
                score.opponent().name(),
                Figures.of(score.perSecond()),
                base.map(ours -> Figures.ratio(
                                ours.perSecond().median(), score.perSecond().median()))
                        .orElse(NOTHING),
                Figures.of(score.cpuMillis()),
                base.map(ours -> Figures.ratio(
                                ours.cpuMillis().median(), score.cpuMillis().median()))
                        .orElse(NOTHING),
                Figures.of(score.storeMillis().median()),
                String.valueOf(score.duplicates()),
                String.valueOf(score.lost()),
                String.valueOf(score.disorders()));
    }
}
