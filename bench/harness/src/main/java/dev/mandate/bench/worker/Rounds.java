package dev.mandate.bench.worker;

import dev.mandate.bench.report.Figures;
import dev.mandate.bench.report.Progress;
import dev.mandate.bench.stage.Pace;
import dev.mandate.bench.stage.Pause;
import dev.mandate.bench.stage.Stage;
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

    /** @param name what to call it in progress */
    Rounds(String name, Stage stage, Contender contender, Pace pace, Progress progress) {
        this.name = name;
        this.stage = stage;
        this.contender = contender;
        this.pace = pace;
        this.progress = progress;
    }

    /**
     * Works for at least this long; the first round shows what the others can hold.
     *
     * @throws IllegalStateException when a round is not finished: what is left of it would spoil the next
     */
    void warmUp(Duration upstream, Duration length) {
        progress.phase(progress(upstream, "warming up for %d s".formatted(length.toSeconds())));
        var worked = Duration.ZERO;
        do {
            var round = play(upstream, START);
            if (round.lost() != 0) {
                throw new IllegalStateException(name + " does not finish its warm-up; its log is "
                        + contender.process().log());
            }
            worked = worked.plus(round.took());
            progress.now("%d s, %s/s".formatted(worked.toSeconds(), Figures.of(round.perSecond())));
        } while (worked.compareTo(length) < 0);
    }

    /** The rounds that count; fewer when one of them is not finished. */
    List<Round> measure(Duration upstream) {
        progress.phase(progress(upstream, "measuring"));
        var rounds = new ArrayList<Round>();
        for (int i = 0; i < pace.rounds(); i++) {
            var round = play(upstream, STANDSTILL);
            rounds.add(round);
            progress.now("round %d, %s/s".formatted(i + 1, Figures.of(round.perSecond())));
            if (round.lost() != 0) {
                break;
            }
        }
        return rounds;
    }

    private String progress(Duration upstream, String what) {
        return "%s, upstream %d ms: %s".formatted(name, upstream.toMillis(), what);
    }

    private Round play(Duration upstream, Duration patience) {
        int orders = next;
        contender.prepare(orders);
        stage.upstream().reset(upstream);
        var before = contender.recorded();
        var cpu = contender.process().cpu();
        var storeCpu = contender.storeCpu();
        long began = System.currentTimeMillis();
        contender.feed();
        await(before.results() + orders, patience);
        var round = new Round(
                orders,
                Duration.ofMillis(Math.max(1, contender.recorded().lastAt() - began)),
                contender.process().cpu().minus(cpu),
                contender.storeCpu().minus(storeCpu),
                stage.upstream().seen());
        next = (int) Math.clamp(
                round.perSecond() * pace.round().toMillis() / 1000, SMALLEST, Math.min(LARGEST, orders * 10));
        return round;
    }

    /** Until that many results are recorded, or none has come for too long. */
    private void await(long results, Duration patience) {
        long known = -1;
        long since = System.nanoTime();
        while (true) {
            long now = contender.recorded().results();
            if (now >= results) {
                return;
            }
            if (!contender.process().isRunning()) {
                throw new IllegalStateException("an opponent has ended; its log is "
                        + contender.process().log());
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
