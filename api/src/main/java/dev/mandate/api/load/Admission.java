package dev.mandate.api.load;

import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/**
 * Lets a limited number of requests in at once, in all and of each requester. A request that only waits for an outcome
 * gives its place back and takes one among the waiting, which cost next to nothing.
 */
public final class Admission {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final ScopedValue<Place> PLACE = ScopedValue.newInstance();
    private static final ScopedValue<Shares.Visit> VISIT = ScopedValue.newInstance();

    private final int capacity;
    private final Semaphore working;
    private final Semaphore waiting;
    private final Shares shares;

    /**
     * An admission with so many places.
     *
     * @param working how many requests are worked on at once
     * @param waiting how many wait at once
     * @param shares what each requester may have of them
     */
    Admission(int working, int waiting, Shares shares) {
        this.capacity = working;
        this.working = new Semaphore(working);
        this.waiting = new Semaphore(waiting);
        this.shares = shares;
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
     * Does the work of a requester who is known by now, if their share has room.
     *
     * @return whether there was
     */
    boolean admit(Caller.Person person, Work work) throws Exception {
        Optional<Shares.Visit> entered = shares.enter(person);
        if (entered.isEmpty()) {
            return false;
        }
        try (Shares.Visit visit = entered.get()) {
            ScopedValue.where(VISIT, visit).call(() -> {
                work.run();
                return true;
            });
        }
        return true;
    }

    /**
     * Waits for something without taking anybody's place.
     *
     * @return what came of it; empty, without having waited, when too many wait already, or too many of the requester's
     * @throws Exception what the waiting throws
     */
    public <T> Optional<T> whileWaiting(Callable<Optional<T>> wait) throws Exception {
        return whileWaiting(wait, Optional::empty);
    }

    /**
     * As {@link #whileWaiting}, for what can't be answered without having waited.
     *
     * @throws ProblemException with 429 {@code requester.concurrency} when too many of the requester's wait already
     * @throws Exception what the waiting throws
     */
    public <T> Optional<T> whileHavingToWait(Callable<Optional<T>> wait) throws Exception {
        return whileWaiting(wait, () -> {
            throw new ProblemException(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "requester.concurrency",
                            "Too Many Requests",
                            "Too many of your requests are waiting already; nothing was done")
                    .retryAfter(SOON);
        });
    }

    private <T> Optional<T> whileWaiting(Callable<Optional<T>> wait, Supplier<Optional<T>> none) throws Exception {
        if (!VISIT.isBound()) {
            return whileIdle(wait);
        }
        Shares.Visit visit = VISIT.get();
        if (!visit.enterWaiting()) {
            return none.get();
        }
        try {
            return whileIdle(wait);
        } finally {
            visit.leaveWaiting();
        }
    }

    /**
     * As {@link #whileWaiting}, for what counts its requesters itself.
     *
     * @throws Exception what the waiting throws
     */
    public <T> Optional<T> whileIdle(Callable<Optional<T>> wait) throws Exception {
        if (!waiting.tryAcquire()) {
            return Optional.empty();
        }
        try {
            if (PLACE.isBound()) {
                PLACE.get().leave();
            }
            if (VISIT.isBound()) {
                VISIT.get().rest();
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
