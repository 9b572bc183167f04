package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.Rig;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.SandboxOptions;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.sandbox.demo.Narrator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.ExitCode;

/** Starts everything, lets things go wrong under load, heals them, and proves what must hold all the same. */
public final class Chaos {

    private static final List<String> WORKERS = List.of("worker-1", "worker-2", "worker-3");
    private static final List<String> APIS = List.of("api", "api-2");
    private static final int BROKERS = 3;
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(120);
    /** Processes come back, sessions and transactions time out, and what was begun is waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** A call that began at the last moment, by a worker that nobody waits for any more, is over after this. */
    private static final Duration AFTERMATH = Duration.ofSeconds(15);
    /** Far less than readers tolerate, far more than machines that ask for the time are wrong by. */
    private static final int LARGEST_SKEW_SECONDS = 10;

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
        var relayed = Stream.concat(WORKERS.stream(), APIS.stream()).toList();
        this.options =
                SandboxOptions.rigged(checkout, home, WORKERS.size(), new Rig(BROKERS, relayed, clocks(trial.seed())));
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
        narrator.heading("Starting three brokers, three workers and two APIs");
        clocks(trial.seed()).forEach((name, value) -> narrator.remark("  %s=%s".formatted(name, value)));
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
        var plan = Plan.of(trial.seed(), trial.length(), Cast.of(sandbox));
        try (var first = new Frontend(sandbox.api().url(), issuer);
                var other = new Frontend(second.url(), issuer)) {
            narrator.heading("Seed %d, %d s: up to %d things go wrong"
                    .formatted(trial.seed(), trial.length().toSeconds(), plan.size()));
            var trouble = new Schedule(plan, trial.length());
            var script = new Run.Script(trial.seed(), trouble, BETWEEN_REQUESTS, PATIENCE, AFTERMATH);
            return Judgement.of(new Run(sandbox, script, narrator).over(List.of(first, other)));
        }
    }

    /** How far each worker's clock is ahead; a successor allows for as much as two of them can be apart. */
    private static Map<String, String> clocks(long seed) {
        var random = new Random(seed);
        Map<String, String> settings = new TreeMap<>();
        for (var worker : WORKERS) {
            int seconds = random.nextInt(-LARGEST_SKEW_SECONDS, LARGEST_SKEW_SECONDS + 1);
            settings.put("laboratory.skew." + worker, seconds + "s");
        }
        settings.put("mandate.consumption.clock-skew", 2 * LARGEST_SKEW_SECONDS + "s");
        return settings;
    }
}
