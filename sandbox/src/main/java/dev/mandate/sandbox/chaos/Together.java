package dev.mandate.sandbox.chaos;

import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Things that are done at the same time, of which none may fail unseen. */
final class Together implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Future<?>> begun = new ConcurrentLinkedQueue<>();

    void begin(Runnable work) {
        begun.add(threads.submit(work));
    }

    /**
     * Waits for all of them.
     *
     * @throws CompletionException when one of them has failed
     */
    @Override
    public void close() {
        threads.close();
        for (var each : begun) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
