package dev.mandate.api.log;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The pause before a loop tries again, longer after every failure in a row; it ends at once when the loop is stopped.
 */
final class Backoff implements LogLoop.Turn {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private Duration next = FIRST;

    void pause() {
        try {
            boolean ended = stopped.await(next.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    void stop() {
        stopped.countDown();
    }

    @Override
    public boolean lasts() {
        return stopped.getCount() > 0 && !Thread.currentThread().isInterrupted();
    }

    @Override
    public void worked() {
        next = FIRST;
    }
}
