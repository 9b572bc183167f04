package dev.mandate.api.load;

import dev.mandate.api.security.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many requests each requester has under way: those that are worked on, and those that wait for an outcome. */
final class Shares {

    private static final Use NOTHING = new Use(0, 0);

    private final int working;
    private final int waiting;
    private final Map<Caller.Person, Use> uses = new HashMap<>();

    private record Use(int working, int waiting) {}

    /**
     * Shares of this size.
     *
     * @param working how many of one requester's are worked on at once
     * @param waiting how many of one requester's wait at once
     */
    Shares(int working, int waiting) {
        this.working = working;
        this.waiting = waiting;
    }

    /** A request that is worked on, if its requester has room for it. */
    Optional<Visit> enter(Caller.Person person) {
        return change(person, 1, 0) ? Optional.of(new Visit(person)) : Optional.empty();
    }

    /** How many requesters have something under way. */
    synchronized int count() {
        return uses.size();
    }

    private synchronized boolean change(Caller.Person person, int moreWorking, int moreWaiting) {
        Use use = uses.getOrDefault(person, NOTHING);
        var changed = new Use(use.working + moreWorking, use.waiting + moreWaiting);
        if (moreWorking > 0 && changed.working > working || moreWaiting > 0 && changed.waiting > waiting) {
            return false;
        }
        if (changed.equals(NOTHING)) {
            uses.remove(person);
        } else {
            uses.put(person, changed);
        }
        return true;
    }

    /** One request of a requester. */
    final class Visit implements AutoCloseable {

        private final Caller.Person person;
        private boolean isWorking = true;

        private Visit(Caller.Person person) {
            this.person = person;
        }

        /** Gives back the place among those that are worked on: what follows costs next to nothing. */
        void rest() {
            if (isWorking) {
                isWorking = false;
                change(person, -1, 0);
            }
        }

        /** Takes a place among those who wait, if there is one; {@link #leaveWaiting} gives it back. */
        boolean enterWaiting() {
            return change(person, 0, 1);
        }

        void leaveWaiting() {
            change(person, 0, -1);
        }

        @Override
        public void close() {
            rest();
        }
    }
}
