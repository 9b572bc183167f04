package dev.mandate.bench;

import java.nio.file.Path;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param checkout the root of the project, whose modules have been built
 * @param quick whether seconds have to do
 * @param seed chooses targets and arrivals
 * @param only names of workloads; none for all
 * @param opponents keys of opponents; none for all
 * @param out where the JSON goes
 */
record BenchOptions(Path checkout, boolean quick, long seed, Set<String> only, Set<String> opponents, Path out) {

    /** Copies the sets. */
    BenchOptions {
        only = Set.copyOf(only);
        opponents = Set.copyOf(opponents);
    }
}
