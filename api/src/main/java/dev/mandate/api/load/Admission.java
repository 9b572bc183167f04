package dev.mandate.api.load;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a limited number of requests in at once. A request that only waits for an outcome gives its place back and takes
 * one among the waiting, which cost next to nothing.
 */
public final class Admission {

    private static final ScopedValue<Place> PLACE = ScopedValue.newInstance();

    private final int capacity;
    private final Semaphore working;
    private final Semaphore waiting;

    /**
     * An admission with so many places.
     *
     * @param working how many requests are worked on at once
     * @param waiting how many wait at once
     */
    public Admission(int working, int waiting) {
        this.capacity = working;
        this.working = new Semaphore(working);
        this.waiting = new Semaphore(waiting);
    }

    /** What a request does once it is let in. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /**
     * Does the work if there is room.
     *
     * @return whether there was
     */
    boolean admit(Work work) throws Exception {
        if (!working.tryAcquire()) {
            return false;
        }
        var place = new Place(working);
        try {
            ScopedValue.where(PLACE, place).call(() -> {
                work.run();
                return true;
            });
        } finally {
            place.leave();
        }
        return true;
    }

    /**
     * Waits for something without taking anybody's place.
     *
     * @return what came of it; empty, without having waited, when too many wait already
     * @throws Exception what the waiting throws
     */
    public <T> Optional<T> whileWaiting(Callable<Optional<T>> wait) throws Exception {
        if (!waiting.tryAcquire()) {
            return Optional.empty();
        }
        try {
            if (PLACE.isBound()) {
                PLACE.get().leave();
            }
            return wait.call();
        } finally {
            waiting.release();
        }
    }

    /** How many requests are worked on now. */
    public int inUse() {
        return capacity - working.availablePermits();
    }

    /** A request's place, given back once. */
    private static final class Place {

        private final Semaphore places;
        private final AtomicBoolean left = new AtomicBoolean();

        Place(Semaphore places) {
            this.places = places;
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                places.release();
            }
        }
    }
}
