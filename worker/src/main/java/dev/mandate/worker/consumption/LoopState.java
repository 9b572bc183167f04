package dev.mandate.worker.consumption;

import java.time.Instant;

/**
 * How the loop is doing, for whoever asks from outside.
 *
 * @param running whether it goes round
 * @param lastTurn when it last came round
 * @param joined whether it is a member of the group, and may append under its name
 * @param owned how many partition numbers it owns
 * @param recovering how many of them are being read back
 * @param failure why it stopped; empty while it runs or has been told to stop
 */
record LoopState(boolean running, Instant lastTurn, boolean joined, int owned, int recovering, String failure) {

    static LoopState before(Instant now) {
        return new LoopState(false, now, false, 0, 0, "");
    }
}
