package dev.mandate.simulator.management;

/**
 * A token bucket's size and refill.
 *
 * @param burst requests that may come at once
 * @param perSecond requests per second in the long run
 */
public record RateLimit(int burst, double perSecond) {

    /** Checks that something can pass. */
    public RateLimit {
        if (burst < 1 || perSecond <= 0) {
            throw new IllegalArgumentException("A rate limit that lets nothing pass");
        }
    }

    /** So high that nobody meets it. */
    public static RateLimit none() {
        return new RateLimit(1_000_000, 1_000_000);
    }

    /** A free tenant's: two at once, two a second. */
    public static RateLimit free() {
        return new RateLimit(2, 2);
    }
}
