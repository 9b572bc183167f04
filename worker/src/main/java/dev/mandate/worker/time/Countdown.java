package dev.mandate.worker.time;

import java.time.Duration;

/**
 * A time that runs out.
 *
 * @param since runs since it began
 * @param whole how long it lasts
 */
public record Countdown(Stopwatch since, Duration whole) {

    /** How much of it is left; negative when it has run out. */
    public Duration left() {
        return whole.minus(since.elapsed());
    }

    /** Whether it has run out. */
    public boolean isOver() {
        return left().isNegative();
    }
}
