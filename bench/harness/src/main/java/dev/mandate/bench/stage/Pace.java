package dev.mandate.bench.stage;

import java.time.Duration;

/**
 * How long a measurement takes.
 *
 * @param warmUp how long somebody works before anything counts
 * @param settling the same after the upstream has become slower
 * @param round how long one round shall last
 * @param rounds how many of them count
 */
public record Pace(Duration warmUp, Duration settling, Duration round, int rounds) {

    /** Seconds for each: enough to see that everything works, too little for the compiler to be done. */
    public static Pace quick() {
        return new Pace(Duration.ofSeconds(6), Duration.ofSeconds(2), Duration.ofSeconds(2), 3);
    }

    /** Two minutes of warm-up, and seven rounds of five seconds. */
    public static Pace full() {
        return new Pace(Duration.ofMinutes(2), Duration.ofSeconds(10), Duration.ofSeconds(5), 7);
    }

    /** No longer than a test needs. */
    public static Pace token() {
        return new Pace(Duration.ZERO, Duration.ZERO, Duration.ofMillis(200), 1);
    }
}
