package dev.mandate.audit.quarantine;

import dev.mandate.contracts.topic.LogRecord.Position;
import java.time.Instant;
import java.util.Optional;

/**
 * A record in quarantine.
 *
 * @param position where it stands in quarantine
 * @param at when it was put there
 * @param reason the code for which it was not believed
 * @param detail the worker's sentence about it
 * @param origin where it was found, as the worker says
 * @param worker the worker that put it there
 * @param size how many bytes its value has; absent when it has none, or was too large to be copied
 * @param signedBy the key of the intake's that signed it as a command, if one did: then it is genuine, and not where or
 *     when it belongs
 * @param claims what it says of itself
 */
public record Quarantined(
        Position position,
        Instant at,
        String reason,
        String detail,
        String origin,
        String worker,
        Optional<Integer> size,
        Optional<String> signedBy,
        Optional<Claims> claims) {

    /** What it says of itself, if somebody genuine said it. */
    public Optional<Claims> signedClaims() {
        return signedBy.flatMap(key -> claims);
    }
}
