package dev.mandate.sandbox.chaos;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Something that is done again and again, and may not fail unseen: a schedule whose task throws just ends. */
final class Repeating implements AutoCloseable {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> task;

    Repeating(Duration every, Runnable work) {
        task = thread.scheduleAtFixedRate(work, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Does it no more.
     *
     * @throws IllegalStateException when it has failed
     */
    @Override
    public void close() {
        // Not cancelled: a round that is going on and fails would be forgotten.
        thread.close();
        if (task.state() == Future.State.FAILED) {
            throw new IllegalStateException("What is done again and again has failed", task.exceptionNow());
        }
    }
}
