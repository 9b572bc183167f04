package dev.mandate.api.stream;

import dev.mandate.api.security.Caller;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Who catches up with what they missed. It reads the log anew, so only some may at once; and of each person's streams
 * one after another, since whoever reads slowly would keep all others from theirs.
 */
final class Replays {

    private final Semaphore places;
    private final Set<Caller.Person> persons = new HashSet<>();

    Replays(int places) {
        this.places = new Semaphore(places);
    }

    /**
     * Takes a place, given back by closing it.
     *
     * @return empty when there is none within this time
     * @throws InterruptedException when the thread is interrupted
     */
    Optional<StreamPlaces.Place> take(Caller.Person person, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        if (!enter(person, deadline)) {
            return Optional.empty();
        }
        boolean taken = false;
        try {
            taken = places.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } finally {
            if (!taken) {
                leave(person);
            }
        }
        return taken ? Optional.of(() -> giveBack(person)) : Optional.empty();
    }

    private synchronized boolean enter(Caller.Person person, long deadline) throws InterruptedException {
        while (!persons.add(person)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    private void giveBack(Caller.Person person) {
        places.release();
        leave(person);
    }

    private synchronized void leave(Caller.Person person) {
        persons.remove(person);
        notifyAll();
    }
}
