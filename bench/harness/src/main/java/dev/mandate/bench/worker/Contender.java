package dev.mandate.bench.worker;

import dev.mandate.bench.stage.Child;
import dev.mandate.bench.stage.Results;
import java.time.Duration;
import java.util.List;

/** An opponent that runs: it can be given work, and shows what it has recorded as done. */
interface Contender extends AutoCloseable {

    /** Its processes, whose CPU counts; one at least. */
    List<Child> processes();

    /** The processor time that they have taken so far. */
    default Duration cpu() {
        return processes().stream().map(Child::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    /** The processor time of what keeps its work and its results: a broker, a database. */
    Duration storeCpu();

    /** Makes this many orders ready, so that making them is no part of what is measured. */
    void prepare(int orders);

    /** Hands over what was prepared. */
    void feed();

    /** What has been recorded so far. */
    Results.Recorded recorded();

    /**
     * When a round began, in milliseconds since 1970.
     *
     * @param fed when it was handed over
     * @param after what had been recorded when it was over
     */
    default long began(long fed, Results.Recorded after) {
        return fed;
    }

    @Override
    void close();
}
