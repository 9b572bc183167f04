package dev.mandate.api.load;

import java.time.Duration;
import java.time.Instant;

/** How many requests somebody has left: a bucket that refills steadily up to its size. */
final class Allowance {

    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final int size;
    private final int perSecond;
    private double left;
    private Instant refilledAt;

    Allowance(int size, int perSecond, Instant now) {
        this.size = size;
        this.perSecond = perSecond;
        this.left = size;
        this.refilledAt = now;
    }

    /**
     * What came of asking for one request.
     *
     * @param granted whether it was there
     * @param left how many more there are now
     * @param next how long until there is another one; zero if there is
     * @param full how long until there are as many as ever
     */
    record Grant(boolean granted, int left, Duration next, Duration full) {}

    synchronized Grant take(Instant now) {
        Duration passed = Duration.between(refilledAt, now);
        if (passed.isPositive()) { // a clock may be set back
            left = Math.min(size, left + passed.toNanos() / NANOS * perSecond);
        }
        refilledAt = now;
        boolean granted = left >= 1;
        if (granted) {
            left--;
        }
        return new Grant(granted, (int) left, until(1), until(size));
    }

    private Duration until(int wanted) {
        return Duration.ofNanos((long) Math.ceil(Math.max(0, wanted - left) / perSecond * NANOS));
    }
}
