package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.SandboxOptions;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.sandbox.demo.Narrator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/** Starts everything, lets things go wrong under load, heals them, and proves what must hold all the same. */
public final class Chaos {

    private static final int WORKERS = 3;
    private static final int PARTITIONS = 6;
    private static final Duration FACTS_MAX_AGE = Duration.ofSeconds(30);

    private final SandboxOptions options;
    private final Trial trial;
    private final Narrator narrator;

    /**
     * A run on a sandbox of its own.
     *
     * @param checkout the root of the project, whose modules have been built
     * @param home where everything of this run is kept; emptied first
     */
    public Chaos(Path checkout, Path home, Trial trial, Narrator narrator) {
        this.options = new SandboxOptions(checkout, home, WORKERS, PARTITIONS, FACTS_MAX_AGE, false, Map.of());
        this.trial = trial;
        this.narrator = narrator;
    }

    /**
     * Runs it. The evidence is kept when a property does not hold.
     *
     * @return the exit status: 0 only when every property holds
     */
    public int run() {
        return play().holds() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    Judgement play() {
        narrator.heading("Starting one broker, three workers and two APIs");
        try (var sandbox = Sandbox.start(options, narrator::up)) {
            var judgement = judged(sandbox);
            judgement.tell(narrator);
            if (!judgement.holds()) {
                sandbox.keep();
                judgement.write(sandbox.path().resolve("chaos.txt"));
                narrator.remark("The evidence is in %s. Once more: ./mandate chaos --minutes %s --seed %d"
                        .formatted(sandbox.path(), trial.length().toSeconds() / 60.0, trial.seed()));
            }
            return judgement;
        }
    }

    private Judgement judged(Sandbox sandbox) {
        try {
            return play(sandbox);
        } catch (RuntimeException e) {
            sandbox.keep();
            throw e;
        }
    }

    private Judgement play(Sandbox sandbox) {
        var second = sandbox.addApi(Map.of());
        var issuer = sandbox.simulator().issuer();
        try (var first = new Frontend(sandbox.api().url(), issuer);
                var other = new Frontend(second.url(), issuer)) {
            var run = new Run(sandbox, trial, narrator);
            return Judgement.of(run.over(first, other));
        }
    }
}
