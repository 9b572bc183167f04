package dev.mandate.audit.quarantine;

import dev.mandate.contracts.quarantine.QuarantineStatement;
import dev.mandate.contracts.topic.LogRecord.Position;
import java.time.Instant;
import java.util.Optional;

/**
 * A record in quarantine.
 *
 * @param position where it stands in quarantine
 * @param at when it was put there
 * @param statement why, as a worker has signed; absent if none did, and then nobody knows who put it there
 * @param size how many bytes its value has; absent when it has none, or was too large to be copied
 * @param signedBy the key of the intake's that signed it as a command, if one did: then it is genuine, and not where or
 *     when it belongs
 * @param claims what it says of itself
 */
public record Quarantined(
        Position position,
        Instant at,
        Optional<QuarantineStatement> statement,
        Optional<Integer> size,
        Optional<String> signedBy,
        Optional<Claims> claims) {

    /** What stands for a reason where no worker gave one. */
    private static final String UNSIGNED = "unsigned";

    /** The code for which it was not believed. */
    public String reason() {
        return statement.map(QuarantineStatement::reason).orElse(UNSIGNED);
    }

    /** What it says of itself, if somebody genuine said it. */
    public Optional<Claims> signedClaims() {
        return signedBy.flatMap(key -> claims);
    }
}
