package dev.mandate.api.dispatch;

import dev.mandate.contracts.command.Chain;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The numbers that this run has given, and of which it neither knows nor has declared what became of them. As long as
 * one of them is older than {@link Chain#PATIENCE} no more are given: what a killed run leaves unexplained is then
 * always among the last that it signed, and an auditor can tell it from what somebody has dropped.
 */
final class OpenNumbers {

    private static final Duration LOOK = Duration.ofMillis(20);

    private final ConcurrentNavigableMap<Long, Instant> open = new ConcurrentSkipListMap<>();

    /** A number was given to a statement of this time. */
    void given(long number, Instant signedAt) {
        open.put(number, signedAt);
    }

    /** The broker has it, or has the declaration that nobody knows. */
    void settled(long number) {
        open.remove(number);
    }

    /** Whether a number may be given to a statement of this time. */
    boolean permit(Instant signedAt) {
        Map.Entry<Long, Instant> first = open.firstEntry();
        return first == null || !first.getValue().plus(Chain.PATIENCE).isBefore(signedAt);
    }

    /**
     * Waits until there are none.
     *
     * @return whether there are none, before the time was over
     * @throws InterruptedException when the thread is interrupted
     */
    boolean awaitNone(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!open.isEmpty() && System.nanoTime() - end < 0) {
            Thread.sleep(LOOK);
        }
        return open.isEmpty();
    }
}
