package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.Lane;
import java.util.Optional;

/** How a job waits for its places: in its own lane, or, once somebody waits for it in the interactive one, in that. */
final class Turn {

    private Lane lane;
    private Optional<Claim> claim = Optional.empty();

    Turn(Lane lane) {
        this.lane = lane;
    }

    Lane lane() {
        return lane;
    }

    /** It waits for a place now. */
    void waits(Claim now) {
        claim = Optional.of(now);
    }

    /** Somebody in the interactive lane waits for the job. */
    void hurry() {
        if (lane == Lane.BULK) {
            lane = Lane.INTERACTIVE;
            claim.ifPresent(Claim::hurry);
        }
    }
}
