package dev.mandate.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a sandbox starts.
 *
 * @param checkout the root of the project, whose modules have been built
 * @param home where everything of this sandbox is kept; emptied first
 * @param workers how many workers run at first
 * @param partitions of each topic
 * @param factsMaxAge how old the worker's facts about people may be when it acts on them
 * @param kept whether what is in {@code home} stays when the sandbox is closed
 * @param settings of every API and worker, beside the usual ones
 * @param rig what is needed for things to go wrong, if they are to; without it there is one broker, in this process
 */
public record SandboxOptions(
        Path checkout,
        Path home,
        int workers,
        int partitions,
        Duration factsMaxAge,
        boolean kept,
        Map<String, String> settings,
        Optional<Rig> rig) {

    private static final int PARTITIONS = 6;
    private static final Duration FACTS_MAX_AGE_IN_PRODUCTION = Duration.ofSeconds(30);

    /** Makes the paths absolute: processes have working directories of their own. Copies the map. */
    public SandboxOptions {
        checkout = checkout.toAbsolutePath().normalize();
        home = home.toAbsolutePath().normalize();
        settings = Map.copyOf(settings);
    }

    /** One worker, six partitions, facts that are asked for anew each time, and nothing left behind. */
    public static SandboxOptions of(Path checkout, Path home) {
        return new SandboxOptions(checkout, home, 1, PARTITIONS, Duration.ZERO, false, Map.of(), Optional.empty());
    }

    /** So many workers on a rig, with facts that are used for as long as in production. */
    public static SandboxOptions rigged(Path checkout, Path home, int workers, Rig rig) {
        return new SandboxOptions(
                checkout, home, workers, PARTITIONS, FACTS_MAX_AGE_IN_PRODUCTION, false, Map.of(), Optional.of(rig));
    }

    /** The same, but what is in {@code home} stays, and facts are used for as long as in production. */
    public SandboxOptions toLiveIn() {
        return new SandboxOptions(
                checkout, home, workers, partitions, FACTS_MAX_AGE_IN_PRODUCTION, true, settings, rig);
    }

    /** The same, but with these settings in every API and worker. */
    public SandboxOptions with(Map<String, String> more) {
        return new SandboxOptions(checkout, home, workers, partitions, factsMaxAge, kept, more, rig);
    }
}
