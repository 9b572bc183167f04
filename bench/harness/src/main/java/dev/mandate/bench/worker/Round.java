package dev.mandate.bench.worker;

import dev.mandate.bench.upstream.Limited;
import dev.mandate.bench.upstream.Seen;
import java.time.Duration;

/**
 * One round: some orders at once, until all of them are done and recorded.
 *
 * @param orders how many
 * @param recorded how many results
 * @param took from when it began, as {@link Contender#began} says, to the last result's being recorded
 * @param cpu what the opponent's process took of the processor
 * @param storeCpu what the broker or the database took
 * @param seen what the upstream saw
 * @param limited what its limit did
 */
record Round(int orders, long recorded, Duration took, Duration cpu, Duration storeCpu, Seen seen, Limited limited) {

    private static final double MILLIS = 1e6;

    /** Orders done in a second. */
    double perSecond() {
        return done() * 1e9 / took.toNanos();
    }

    /** Processor time for each, in milliseconds. */
    double cpuMillis() {
        return cpu.toNanos() / MILLIS / done();
    }

    /** The broker's or the database's processor time for each, in milliseconds. */
    double storeMillis() {
        return storeCpu.toNanos() / MILLIS / done();
    }

    /** How many orders never reached the upstream, or left no result. */
    long lost() {
        return orders - done();
    }

    private long done() {
        return Math.min(orders, Math.min(seen.distinct(), recorded));
    }
}
