package dev.mandate.worker.consumption;

import dev.mandate.worker.limits.Closed;
import dev.mandate.worker.limits.Family;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Somebody who waits for a place, until it is given. */
final class Waiting {

    private final OwnedPartition home;
    private final Optional<Family> toll;
    private final Instant until;
    private final Consumer<Places.Place> then;
    private final Consumer<Waiting> hurry;
    private Optional<Closed> unpaid = Optional.empty();

    /**
     * Somebody.
     *
     * @param toll whose toll is to be paid first, if any
     * @param until when the place is given without it
     * @param then takes the place
     * @param hurry puts it into the interactive lane
     */
    Waiting(
            OwnedPartition home,
            Optional<Family> toll,
            Instant until,
            Consumer<Places.Place> then,
            Consumer<Waiting> hurry) {
        this.home = home;
        this.toll = toll;
        this.until = until;
        this.then = then;
        this.hurry = hurry;
    }

    OwnedPartition home() {
        return home;
    }

    /** Whose toll there is still to pay. */
    Optional<Family> toll() {
        return unpaid.isPresent() ? Optional.empty() : toll;
    }

    boolean isLate(Instant now) {
        return !now.isBefore(until);
    }

    /** Why the toll was not paid in time, if so. */
    Optional<Closed> unpaid() {
        return unpaid;
    }

    void unpaid(Closed why) {
        unpaid = Optional.of(why);
    }

    void give(Places.Place place) {
        then.accept(place);
    }

    /** Goes over to the interactive lane, if it still waits in the other. */
    void hurry() {
        hurry.accept(this);
    }
}
