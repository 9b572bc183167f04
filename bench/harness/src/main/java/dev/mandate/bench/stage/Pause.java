package dev.mandate.bench.stage;

import java.time.Duration;

/** Lets time pass. */
public final class Pause {

    private Pause() {}

    /**
     * Waits.
     *
     * @throws IllegalStateException when the thread is interrupted
     */
    public static void of(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
