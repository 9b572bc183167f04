package dev.mandate.worker.consumption;

import dev.mandate.worker.limits.Family;
import dev.mandate.worker.verification.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
 * Where work is done beside the loop, on virtual threads. Each tenant has places of its own, so that one that is slow,
 * or a flood for it, keeps no other waiting. What the work comes to is handed back to the loop. Work that waits for its
 * time occupies nobody.
 */
final class Workshop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Places> places = new HashMap<>();
    private final Places strangers;
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>();
    private final BlockingQueue<Runnable> finished = new LinkedBlockingQueue<>();
    private final Clock clock;
    private final Runnable wakeUp;

    private record Delayed(Instant due, Runnable task) implements Comparable<Delayed> {

        @Override
        public int compareTo(Delayed other) {
            return due.compareTo(other.due);
        }
    }

    /**
     * A workshop.
     *
     * @param tenants who has places, and what they take for calling them; commands that name another tenant share the
     *     places of one
     * @param placesEach how much is done for one of them at the same time
     * @param wakeUp tells the loop that something has finished
     */
    Workshop(Map<String, Places.Tolls> tenants, int placesEach, Clock clock, Runnable wakeUp) {
        this.clock = clock;
        this.wakeUp = wakeUp;
        this.strangers = new Places(placesEach, Places.FREE, clock);
        tenants.forEach((tenant, tolls) -> places.put(tenant, new Places(placesEach, tolls, clock)));
    }

    /**
     * Has something done for a job in its turn, and what it comes to handed to the loop.
     *
     * @param fallback what it comes to when it throws: nothing that a command makes happen may end the loop
     */
    <T> void submit(Job job, Supplier<T> work, Supplier<T> fallback, Consumer<T> then) {
        enter(job, place -> run(place, work, fallback, then));
    }

    /** Gives a job a place in its turn, in which something is {@link #run} next, or which is left again. */
    void enter(Job job, Consumer<Places.Place> then) {
        job.urgency().waits(places(job).ask(job.urgency().lane(), job.home(), then));
    }

    /**
     * The same once what it will do next at Auth0 may be done, and at the latest when its deadline passes: then the job
     * knows what hindered it.
     */
    void enterPaying(Job job, Consumer<Places.Place> then) {
        Family family = Family.of(job.request().operation().action());
        Waiting waiting = places(job).ask(job.urgency().lane(), family, job.home(), job.deadline(), place -> {
            place.unpaid().ifPresent(closed -> job.hindered(new Problem(closed.code(), closed.because())));
            then.accept(place);
        });
        job.urgency().waits(waiting);
    }

    private Places places(Job job) {
        return places.getOrDefault(job.received().command().context().tenant(), strangers);
    }

    /** Has something done at once, in a place that is left when it is done. */
    <T> void run(Places.Place place, Supplier<T> work, Supplier<T> fallback, Consumer<T> then) {
        place.occupy();
        threads.execute(() -> hand(work, fallback, result -> {
            place.leave();
            then.accept(result);
        }));
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

    /** Hands what has finished, and what is due, to the loop; then gives the places that are free. */
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
        places.values().forEach(Places::give);
        strangers.give();
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

    /** Drops what waits for partitions that are gone. */
    void dropGone() {
        places.values().forEach(Places::dropGone);
        strangers.dropGone();
    }

    boolean hasFinished() {
        return !finished.isEmpty();
    }

    /** How long until something is due, at most this long. */
    Duration idleFor(Duration longest) {
        Instant now = clock.instant();
        Instant next = places.values().stream()
                .map(Places::again)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(now.plus(longest));
        Delayed first = delayed.peek();
        Duration until = Duration.between(now, first != null && first.due().isBefore(next) ? first.due() : next);
        return until.isNegative() ? Duration.ZERO : until.compareTo(longest) < 0 ? until : longest;
    }

    int busy() {
        return strangers.taken()
                + places.values().stream().mapToInt(Places::taken).sum();
    }

    /** How many commands for each tenant wait until it may be called. */
    Map<String, Integer> paying() {
        Map<String, Integer> paying = new HashMap<>();
        places.forEach((tenant, its) -> paying.put(tenant, its.paying()));
        return paying;
    }

    /** Cuts off what is still being done. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
