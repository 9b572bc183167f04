package dev.mandate.sandbox;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at once and waits for all of them. */
final class InParallel {

    private InParallel() {}

    /**
     * Runs all of them to their end.
     *
     * @throws RuntimeException what the first of them threw, in the order of the list; the others' are suppressed in it
     */
    static void run(List<Runnable> works) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = works.stream().<Future<?>>map(threads::submit).toList();
            RuntimeException failure = null;
            for (var work : running) {
                try {
                    work.get();
                } catch (ExecutionException e) {
                    var cause = e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
                    if (failure == null) {
                        failure = cause;
                    } else {
                        failure.addSuppressed(cause);
                    }
                } catch (InterruptedException e) {
                    threads.shutdownNow();
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
