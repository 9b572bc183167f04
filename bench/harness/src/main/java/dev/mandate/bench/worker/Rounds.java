package dev.mandate.bench.worker;

import dev.mandate.bench.report.Figures;
import dev.mandate.bench.report.Progress;
import dev.mandate.bench.stage.Child;
import dev.mandate.bench.stage.Pace;
import dev.mandate.bench.stage.Pause;
import dev.mandate.bench.stage.Stage;
import dev.mandate.bench.upstream.Conduct;
import dev.mandate.bench.upstream.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gives an opponent work in rounds, each as large as it can do in the time that a round shall last. */
final class Rounds {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /** Starting a JVM and joining a group can take long on a busy machine. */
    private static final Duration START = Duration.ofMinutes(5);
    /** Longer than any opponent waits between two looks at its queue. */
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private static final int FIRST = 100;
    private static final int SMALLEST = 20;
    private static final int LARGEST = 50_000;

    private final String name;
    private final Stage stage;
    private final Contender contender;
    private final Pace pace;
    private final Progress progress;
    private int next = FIRST;
    private Seen before;

    /** @param name what to call it in progress */
    Rounds(String name, Stage stage, Contender contender, Pace pace, Progress progress) {
        this.name = name;
        this.stage = stage;
        this.contender = contender;
        this.pace = pace;
        this.progress = progress;
        this.before = stage.upstream().seen();
    }

    /**
     * Works for at least this long; the first round shows what the others can hold.
     *
     * @throws IllegalStateException when a round is not finished: what is left of it would spoil the next
     */
    void warmUp(Conduct conduct, Duration length) {
        progress.phase(progress(conduct, "warming up for %d s".formatted(length.toSeconds())));
        // What was done before with another upstream says nothing of how much can be done with this one.
        next = FIRST;
        var worked = Duration.ZERO;
        do {
            var told = before;
            var round = play(conduct, START);
            // What came late of the rounds that counted comes up in those that will.
            before = new Seen(0, 0, told.duplicates(), before.disorders(), 0);
            if (round.lost() != 0) {
                throw new IllegalStateException(
                        "%d of %d orders are left undone in warming up".formatted(round.lost(), round.orders()));
            }
            worked = worked.plus(round.took());
            progress.now("%d s, %s/s".formatted(worked.toSeconds(), Figures.of(round.perSecond())));
        } while (worked.compareTo(length) < 0);
    }

    /** The rounds that count; fewer when one of them is not finished. */
    List<Round> measure(Conduct conduct) {
        progress.phase(progress(conduct, "measuring"));
        var rounds = new ArrayList<Round>();
        for (int i = 0; i < pace.rounds(); i++) {
            var round = play(conduct, STANDSTILL);
            rounds.add(round);
            progress.now("round %d, %s/s".formatted(i + 1, Figures.of(round.perSecond())));
            if (round.lost() != 0) {
                break;
            }
        }
        return rounds;
    }

    private String progress(Conduct conduct, String what) {
        return "%s, upstream %d ms: %s".formatted(name, conduct.delay(), what);
    }

    private Round play(Conduct conduct, Duration patience) {
        var round = play(conduct, next, patience);
        next = (int) Math.clamp(
                round.perSecond() * pace.round().toMillis() / 1000, SMALLEST, Math.min(LARGEST, round.orders() * 10));
        return round;
    }

    /** One round of so many orders, which is not finished when the upstream does not let all of them through. */
    Round once(Conduct conduct, int orders) {
        progress.phase(progress(conduct, "%,d orders".formatted(orders)));
        return play(conduct, orders, STANDSTILL);
    }

    private Round play(Conduct conduct, int orders, Duration patience) {
        contender.prepare(orders);
        stage.upstream().reset(conduct);
        var recorded = contender.recorded();
        var cpu = contender.cpu();
        var storeCpu = contender.storeCpu();
        long fed = System.currentTimeMillis();
        contender.feed();
        await(recorded.results() + orders, orders, patience);
        var after = contender.recorded();
        var seen = stage.upstream().seen();
        var since = seen.since(before);
        before = seen;
        return new Round(
                orders,
                after.results() - recorded.results(),
                Duration.ofMillis(Math.max(1, after.lastAt() - contender.began(fed, after))),
                contender.cpu().minus(cpu),
                contender.storeCpu().minus(storeCpu),
                since,
                stage.upstream().limited());
    }

    /**
     * Until that many results are recorded and the upstream has seen all the orders, or nothing more has come for too
     * long: who does an order twice records it twice, and is not done for that.
     */
    private void await(long results, int orders, Duration patience) {
        long known = -1;
        long since = System.nanoTime();
        while (true) {
            long now = contender.recorded().results();
            if (now >= results && stage.upstream().seen().distinct() >= orders) {
                return;
            }
            if (!contender.processes().stream().allMatch(Child::isRunning)) {
                throw new IllegalStateException("it has ended by itself");
            }
            if (now > known) {
                known = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > patience.toNanos()) {
                return;
            }
            Pause.of(BETWEEN_LOOKS);
        }
    }
}
