package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.Rig;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.SandboxOptions;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.sandbox.demo.Narrator;
import dev.mandate.sandbox.evidence.Eventually;
import dev.mandate.simulator.journal.SeenRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ExitCode;

/**
 * Shows the checker workers that are without a guard. One of two is stopped with calls on their way that take long,
 * until the other has taken over and has ended what those calls were for. Then it wakes up, finds the answers to its
 * calls, and says so over a slow network, before that tells it that it was taken for dead. Nothing is violated by
 * workers as they are.
 */
public final class Experiment {

    private static final String ZOMBIE = "worker-1";
    private static final List<String> WORKERS = List.of(ZOMBIE, "worker-2");
    private static final String BROKER = "broker-1";
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(120);

    /** By then both workers have the tokens that they need, and facts. */
    private static final int WRITES_BEFORE = 25;

    /** Of two workers, with about as many each. */
    private static final int CALLS_ON_THEIR_WAY = 14;

    /** A session lasts 6 s, so even on a slow machine the other worker has taken over before an answer comes. */
    private static final Duration LATENESS = Duration.ofSeconds(20);

    private static final int LATE_OF_EACH_KIND = 10;
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Map<String, String> SETTINGS =
            Map.of("mandate.execution.begin-within", "1s", "mandate.execution.call-timeout", "22s");
    private static final Duration SLOWNESS = Duration.ofMillis(300);
    private static final Duration SLOW_FOR = Duration.ofSeconds(4);

    /** What the zombie commits comes over its slow network, when all others have ended long ago. */
    private static final Duration AFTERMATH = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** A worker without a guard may leave commands without an outcome; then there is no use in waiting. */
    private static final Duration PATIENCE_AFTERWARDS = Duration.ofSeconds(40);

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
            var script = new Run.Script(
                    broken.seed(), scene -> freeze(sandbox, scene), BETWEEN_REQUESTS, PATIENCE_AFTERWARDS, AFTERMATH);
            return Judgement.of(new Run(sandbox, script, narrator).over(List.of(frontend)));
        }
    }

    private void freeze(Sandbox sandbox, Trouble.Scene scene) {
        require(Eventually.isTrue(PATIENCE, () -> writes(sandbox).size() >= WRITES_BEFORE));
        try (var blows = new Together()) {
            blows.begin(() -> scene.strike(new Blow.Late(LATE_OF_EACH_KIND, LATENESS, LATENESS.plus(SOON))));
            Eventually.isTrue(SOON, () -> onTheirWay(sandbox).size() >= CALLS_ON_THEIR_WAY);
            var zombie = sandbox.workers().getFirst();
            zombie.pause();
            try {
                var commands = onTheirWay(sandbox);
                require(!commands.isEmpty());
                narrator.remark("  %s stopped, with %d calls on their way".formatted(ZOMBIE, commands.size()));
                var observer = new Observer(sandbox);
                require(Eventually.isTrue(PATIENCE, () -> observer.ended().containsAll(commands)));
                narrator.remark("  all of them have an outcome; " + ZOMBIE + " wakes up");
                // At once, and not when a thread gets round to it: the first thing that it hears must be late.
                sandbox.relays().between(ZOMBIE, List.of(BROKER)).forEach(relay -> relay.slow(SLOWNESS));
                blows.begin(() -> scene.strike(new Blow.Slow(ZOMBIE, List.of(BROKER), SLOWNESS, SLOW_FOR)));
            } finally {
                zombie.resume();
            }
        }
    }

    private static List<SeenRequest> writes(Sandbox sandbox) {
        return sandbox.simulator().journal().managementWrites();
    }

    /** Of which commands. */
    private static Set<String> onTheirWay(Sandbox sandbox) {
        return writes(sandbox).stream()
                .filter(request -> request.status().isEmpty())
                .flatMap(request -> request.correlationId().stream())
                .collect(Collectors.toSet());
    }

    private static void require(boolean so) {
        if (!so) {
            throw new IllegalStateException("the experiment did not come about");
        }
    }

    private SandboxOptions options(Broken broken) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        broken.weakness().ifPresent(weakness -> settings.put("laboratory.without", weakness));
        return SandboxOptions.rigged(checkout, home, WORKERS.size(), new Rig(1, WORKERS, settings));
    }
}
