package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The places where one tenant's commands are worked on: so many at a time, the interactive lane first. The bulk lane
 * never takes the last quarter of them, so that a mass change that waits for Auth0 does not delay the help desk.
 */
final class Places {

    private final Deque<Waiting> interactive = new ArrayDeque<>();
    private final Deque<Waiting> bulk = new ArrayDeque<>();
    private final Set<Place> taken = new HashSet<>();
    private final int all;

    private record Waiting(OwnedPartition home, Consumer<Place> then) {}

    /** One place, taken for a command until its work is done. */
    final class Place {

        private final OwnedPartition home;
        private boolean busy;

        private Place(OwnedPartition home) {
            this.home = home;
        }

        /** Something is being done in it, which ends in its own time. */
        void occupy() {
            busy = true;
        }

        void leave() {
            taken.remove(this);
        }
    }

    /** @param all how many there are */
    Places(int all) {
        this.all = all;
    }

    /** Has a place given in its turn. */
    void ask(Lane lane, OwnedPartition home, Consumer<Place> then) {
        (lane == Lane.INTERACTIVE ? interactive : bulk).add(new Waiting(home, then));
    }

    /** Gives what is free to who waits. */
    void give() {
        for (Waiting next = next(); next != null; next = next()) {
            var place = new Place(next.home());
            taken.add(place);
            next.then().accept(place);
        }
    }

    private @Nullable Waiting next() {
        if (taken.size() >= all) {
            return null;
        }
        Waiting first = interactive.poll();
        return first != null || taken.size() >= all - all / 4 ? first : bulk.poll();
    }

    /** Forgets who waits, or has a place and does nothing yet, for a partition that is gone. */
    void dropGone() {
        interactive.removeIf(waiting -> waiting.home().isGone());
        bulk.removeIf(waiting -> waiting.home().isGone());
        taken.removeIf(place -> place.home.isGone() && !place.busy);
    }

    int taken() {
        return taken.size();
    }
}
