package dev.mandate.contracts.journal;

import dev.mandate.contracts.topic.LogRecord;
import java.time.Instant;

/**
 * A journal statement as it was found in the log, signed by a worker and where it belongs.
 *
 * @param statement the claims
 * @param payloadHash {@code sha-256:…} of the signed payload
 * @param kid the key that signed it
 * @param position where it stands
 * @param appendedAt when the broker appended it
 */
public record ReceivedStatement(
        JournalStatement statement, String payloadHash, String kid, LogRecord.Position position, Instant appendedAt) {}
