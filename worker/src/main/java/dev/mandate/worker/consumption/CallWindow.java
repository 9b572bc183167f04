package dev.mandate.worker.consumption;

import dev.mandate.worker.time.Stopwatch;
import java.time.Duration;
import java.time.Instant;

/**
 * From when to when a call that is journaled as started can be going on. It begins within {@code beginWithin} or not at
 * all, and is cut off {@code callTimeout} later; so after both, whoever made it, it is over.
 *
 * @param beginWithin how long after its {@code started} it may begin
 * @param callTimeout how long it may take
 * @param clockSkew how far this worker's clock may be from the broker's
 */
record CallWindow(Duration beginWithin, Duration callTimeout, Duration clockSkew) {

    boolean isOpen(Stopwatch started) {
        return started.elapsed().compareTo(beginWithin) <= 0;
    }

    /**
     * How long to wait until another worker's call is over. Counting from the broker's time needs clocks that agree;
     * counting from when {@code started} was read needs none, and is never too short.
     *
     * @param startedAt when the broker appended its {@code started}
     * @param readAt when this worker had read that, by its own clock
     */
    Duration untilOver(Instant startedAt, Instant readAt, Instant now) {
        Duration longest = beginWithin.plus(callTimeout);
        Instant byBroker = startedAt.plus(longest).plus(clockSkew);
        Instant byReading = readAt.plus(longest);
        Duration left = Duration.between(now, byBroker.isBefore(byReading) ? byBroker : byReading);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
