package dev.mandate.sandbox.chaos;

import java.time.Duration;

/**
 * What decides how a run goes, as far as it can be decided: threads and processes have their own ways.
 *
 * @param seed chooses what is asked for, what goes wrong and when
 * @param length how long clients ask and things go wrong
 */
public record Trial(long seed, Duration length) {

    /** @throws IllegalArgumentException when there is no time for anything */
    public Trial {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("A run takes some time");
        }
    }
}
