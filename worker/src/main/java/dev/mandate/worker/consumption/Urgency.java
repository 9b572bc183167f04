package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.Lane;
import java.util.Optional;

/** How a job waits for its places: in its own lane, or, once somebody waits for it in the interactive one, in that. */
final class Urgency {

    private Lane lane;
    private Optional<Waiting> waiting = Optional.empty();

    Urgency(Lane lane) {
        this.lane = lane;
    }

    Lane lane() {
        return lane;
    }

    /** It waits for a place now. */
    void waits(Waiting now) {
        waiting = Optional.of(now);
    }

    /** Somebody in the interactive lane waits for the job. */
    void hurry() {
        if (lane == Lane.BULK) {
            lane = Lane.INTERACTIVE;
            waiting.ifPresent(Waiting::hurry);
        }
    }
}
