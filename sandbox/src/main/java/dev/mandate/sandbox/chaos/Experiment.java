package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.Rig;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.SandboxOptions;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.sandbox.demo.Narrator;
import dev.mandate.simulator.faults.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/**
 * Shows the checker workers that are without a guard. One of two is stopped with calls on their way that take long, for
 * long enough that the other takes over before they are done; then it wakes up, and finds their answers, before a slow
 * network tells it that it was taken for dead. Nothing is violated by workers as they are.
 */
public final class Experiment {

    private static final String ZOMBIE = "worker-1";
    private static final List<String> WORKERS = List.of(ZOMBIE, "worker-2");
    private static final String BROKER = "broker-1";
    private static final Duration LENGTH = Duration.ofSeconds(16);
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(60);
    /** A worker without a guard may leave commands without an outcome; then there is no use in waiting. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /**
     * A session lasts 6 s, so the other has taken over before 13 s; the calls end before 16 s, and are not cut off by
     * the time-out of the one that was stopped.
     */
    private static final List<Plan.Planned> PLAN = List.of(
            at(3500, new Blow.Storm(new Effect.Delay(Duration.ofMillis(11_000)), Duration.ofMillis(1400))),
            at(4800, new Blow.Freeze(ZOMBIE, Duration.ofMillis(10_900))),
            at(6000, new Blow.Slow(ZOMBIE, List.of(BROKER), Duration.ofMillis(150), Duration.ofSeconds(14))));

    private final Path checkout;
    private final Path home;
    private final Narrator narrator;

    /**
     * Experiments, each on a sandbox of its own.
     *
     * @param checkout the root of the project, whose modules have been built
     * @param home where everything of a run is kept; emptied first
     */
    public Experiment(Path checkout, Path home, Narrator narrator) {
        this.checkout = checkout;
        this.home = home;
        this.narrator = narrator;
    }

    /**
     * Runs these, one after the other.
     *
     * @return the exit status: 0 only when each is found out, and workers as they are violate nothing
     */
    public int run(List<Broken> all) {
        boolean right = true;
        for (var broken : all) {
            var judgement = play(broken);
            judgement.tell(narrator);
            boolean foundOut = broken.isFoundOutBy(judgement);
            narrator.heading("%s: %s".formatted(broken.inWords(), foundOut ? "as it must be" : "NOT as it must be"));
            right &= foundOut;
        }
        return right ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    Judgement play(Broken broken) {
        narrator.heading("Starting one broker, one API and two " + broken.inWords());
        try (var sandbox = Sandbox.start(options(broken), narrator::up);
                var frontend =
                        new Frontend(sandbox.api().url(), sandbox.simulator().issuer())) {
            var script = new Run.Script(new Trial(broken.seed(), LENGTH), PLAN, BETWEEN_REQUESTS, PATIENCE);
            return Judgement.of(new Run(sandbox, script, narrator).over(List.of(frontend)));
        }
    }

    private SandboxOptions options(Broken broken) {
        Map<String, String> settings = new HashMap<>();
        settings.put("mandate.execution.begin-within", "1s");
        settings.put("mandate.execution.call-timeout", "12s");
        broken.weakness().ifPresent(weakness -> settings.put("laboratory.without", weakness));
        return SandboxOptions.rigged(checkout, home, WORKERS.size(), settings, new Rig(1, WORKERS));
    }

    private static Plan.Planned at(int millis, Blow blow) {
        return new Plan.Planned(Duration.ofMillis(millis), blow);
    }
}
