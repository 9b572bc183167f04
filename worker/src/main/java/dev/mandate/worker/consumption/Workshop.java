package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where work is done beside the loop: on virtual threads, a bounded number at a time, the interactive lane first. What
 * it comes to is handed back to the loop. Work that waits for its time occupies nobody.
 */
final class Workshop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Runnable> interactive = new ArrayDeque<>();
    private final Deque<Runnable> bulk = new ArrayDeque<>();
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>();
    private final BlockingQueue<Runnable> finished = new LinkedBlockingQueue<>();
    private final int places;
    private final Clock clock;
    private final Runnable wakeUp;
    private int busy;

    private record Delayed(Instant due, Runnable task) implements Comparable<Delayed> {

        @Override
        public int compareTo(Delayed other) {
            return due.compareTo(other.due);
        }
    }

    /**
     * A workshop.
     *
     * @param places how much is done at the same time
     * @param wakeUp tells the loop that something has finished
     */
    Workshop(int places, Clock clock, Runnable wakeUp) {
        this.places = places;
        this.clock = clock;
        this.wakeUp = wakeUp;
    }

    /**
     * Has something done in its turn, and what it comes to handed to the loop.
     *
     * @param fallback what it comes to when it throws: nothing that a command makes happen may end the loop
     */
    <T> void submit(Lane lane, Supplier<T> work, Supplier<T> fallback, Consumer<T> then) {
        Runnable task = () -> hand(work, fallback, result -> {
            busy--;
            then.accept(result);
        });
        (lane == Lane.INTERACTIVE ? interactive : bulk).add(task);
    }

    /** Has something done at once, whatever else is going on. */
    <T> void aside(Supplier<T> work, Supplier<T> fallback, Consumer<T> then) {
        threads.execute(() -> hand(work, fallback, then));
    }

    private <T> void hand(Supplier<T> work, Supplier<T> fallback, Consumer<T> then) {
        T result;
        try {
            result = work.get();
        } catch (Throwable e) {
            if (threads.isShutdown()) {
                return;
            }
            LOG.atError().addKeyValue("reason", e.getClass().getName()).log("Unexpected trouble beside the loop");
            result = fallback.get();
        }
        T handed = result;
        finished.add(() -> then.accept(handed));
        wakeUp.run();
    }

    /** Has the loop do something later. */
    void later(Duration delay, Runnable task) {
        delayed.add(new Delayed(clock.instant().plus(delay), task));
    }

    /** Hands what has finished, and what is due, to the loop; then fills the places that are free. */
    void turn() {
        Runnable done = finished.poll();
        while (done != null) {
            done.run();
            done = finished.poll();
        }
        Instant now = clock.instant();
        Delayed first = delayed.peek();
        while (first != null && !first.due().isAfter(now)) {
            delayed.remove();
            first.task().run();
            first = delayed.peek();
        }
        while (busy < places) {
            Runnable next = interactive.isEmpty() ? bulk.poll() : interactive.poll();
            if (next == null) {
                break;
            }
            busy++;
            threads.execute(next);
        }
    }

    /** Waits for something to finish, no longer than this, and hands it to the loop. */
    void await(Duration longest) {
        try {
            Runnable done = finished.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (done != null) {
                done.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean hasFinished() {
        return !finished.isEmpty();
    }

    /** How long until something is due, at most this long. */
    Duration idleFor(Duration longest) {
        Delayed first = delayed.peek();
        if (first == null) {
            return longest;
        }
        Duration until = Duration.between(clock.instant(), first.due());
        return until.isNegative() ? Duration.ZERO : until.compareTo(longest) < 0 ? until : longest;
    }

    int busy() {
        return busy;
    }

    /** Cuts off what is still being done. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
