package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.Lane;
import dev.mandate.worker.limits.Closed;
import dev.mandate.worker.limits.Family;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The places where one tenant's commands are worked on: so many at a time, the interactive lane first. The bulk lane
 * never takes the last quarter of them, so that a mass change that waits for Auth0 does not delay the help desk; and
 * for as long as the interactive lane is in use, it takes no more than a sixteenth, so that it does not use up what
 * else they share: the processor, the journal's transactions, the read model. A command of the bulk lane that one of
 * the interactive lane waits for, since it is about the same target, waits and works in the interactive one.
 *
 * <p>Whoever is about to call Auth0 pays a toll as well: it waits, and has no place meanwhile, until the tenant may be
 * called at all and at this rate. It waits in a line of its own for each family of endpoints, and no longer than until
 * its deadline.
 */
final class Places {

    /** How long the interactive lane counts as in use after the last command asked for a place. */
    private static final Duration IN_USE = Duration.ofSeconds(2);

    private final Map<Lane, Lines> lines = new EnumMap<>(Lane.class);
    private final Set<Place> taken = new HashSet<>();
    private final int all;
    private final Tolls tolls;
    private final Clock clock;
    private Optional<Instant> again = Optional.empty();
    private Instant inUseUntil = Instant.MIN;

    /** Says whether the tenant may be called now, and takes what it needs for that. */
    interface Tolls {

        Optional<Closed> pay(Family family, Lane lane);
    }

    /** No toll is asked for. */
    static final Tolls FREE = (family, lane) -> Optional.empty();

    /** One place, taken for a command until its work is done. */
    final class Place {

        private final Lane lane;
        private final OwnedPartition home;
        private final Optional<Closed> unpaid;
        private boolean busy;

        private Place(Lane lane, OwnedPartition home, Optional<Closed> unpaid) {
            this.lane = lane;
            this.home = home;
            this.unpaid = unpaid;
        }

        private boolean isBulk() {
            return lane == Lane.BULK;
        }

        /** Why the toll was not paid before the deadline passed, if so. */
        Optional<Closed> unpaid() {
            return unpaid;
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
    Places(int all, Tolls tolls, Clock clock) {
        this.all = all;
        this.tolls = tolls;
        this.clock = clock;
        for (Lane lane : Lane.values()) {
            lines.put(lane, new Lines());
        }
    }

    /** Has a place given in its turn. */
    Waiting ask(Lane lane, OwnedPartition home, Consumer<Place> then) {
        return ask(lane, new Waiting(home, Optional.empty(), Instant.MAX, then, this::hurry));
    }

    /**
     * Has a place given in its turn, once the toll is paid.
     *
     * @param until when it is given all the same, to do whatever is left to do then
     */
    Waiting ask(Lane lane, Family family, OwnedPartition home, Instant until, Consumer<Place> then) {
        return ask(lane, new Waiting(home, Optional.of(family), until, then, this::hurry));
    }

    private Waiting ask(Lane lane, Waiting waiting) {
        used(lane);
        lines(lane).add(waiting);
        return waiting;
    }

    private void hurry(Waiting waiting) {
        used(Lane.INTERACTIVE);
        if (lines(Lane.BULK).remove(waiting)) {
            lines(Lane.INTERACTIVE).add(waiting);
        }
    }

    private void used(Lane lane) {
        if (lane == Lane.INTERACTIVE) {
            inUseUntil = clock.instant().plus(IN_USE);
        }
    }

    private boolean isFull(Lane lane) {
        if (lane == Lane.INTERACTIVE) {
            return taken.size() >= all;
        }
        boolean makesRoom = clock.instant().isBefore(inUseUntil);
        return taken.size() >= all - all / 4
                || (makesRoom && taken.stream().filter(Place::isBulk).count() >= Math.max(1, all / 16));
    }

    /** Gives what is free to who waits. */
    void give() {
        again = Optional.empty();
        for (Lane lane : List.of(Lane.INTERACTIVE, Lane.BULK)) {
            Set<Family> shut = new HashSet<>();
            for (Waiting next = next(lane, shut); next != null; next = next(lane, shut)) {
                var place = new Place(lane, next.home(), next.unpaid());
                taken.add(place);
                next.give(place);
            }
        }
    }

    private @Nullable Waiting next(Lane lane, Set<Family> shut) {
        if (isFull(lane)) {
            return null;
        }
        Waiting first = lines(lane).free().poll();
        if (first == null) {
            first = payer(lane, shut);
        }
        // Among them are now those for whom it has become too late to pay.
        return first == null ? lines(lane).free().poll() : first;
    }

    /** The next who can pay: of one family after the other. */
    private @Nullable Waiting payer(Lane lane, Set<Family> shut) {
        Map<Family, Deque<Waiting>> paying = lines(lane).paying();
        for (Family family : List.copyOf(paying.keySet())) {
            Deque<Waiting> line = shut.contains(family) ? null : paying.remove(family);
            if (line == null) {
                continue;
            }
            Optional<Closed> closed = tolls.pay(family, lane);
            if (closed.isPresent()) {
                shut.add(family);
                turnedAway(lines(lane), line, closed.get());
            }
            Waiting first = closed.isPresent() ? null : line.remove();
            if (!line.isEmpty()) {
                paying.put(family, line);
            }
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    /** The toll can't be paid now: those who can't wait any longer need not. */
    private void turnedAway(Lines of, Deque<Waiting> line, Closed closed) {
        Instant now = clock.instant();
        Instant next = now.plus(closed.delay());
        again = again.filter(sooner -> sooner.isBefore(next)).or(() -> Optional.of(next));
        line.removeIf(waiting -> {
            boolean late = waiting.isLate(now);
            if (late) {
                waiting.unpaid(closed);
                of.add(waiting);
            }
            return late;
        });
    }

    /** When somebody may be able to pay who was not just now. */
    Optional<Instant> again() {
        return again;
    }

    /** Forgets who waits, or has a place and does nothing yet, for a partition that is gone. */
    void dropGone() {
        lines.values().forEach(Lines::dropGone);
        taken.removeIf(place -> place.home.isGone() && !place.busy);
    }

    int taken() {
        return taken.size();
    }

    /** How many wait for the toll. */
    int paying() {
        return lines.values().stream().mapToInt(Lines::payers).sum();
    }

    private Lines lines(Lane lane) {
        return Objects.requireNonNull(lines.get(lane));
    }
}
