package dev.mandate.contracts.resolution;

import dev.mandate.contracts.topic.LogRecord;
import java.time.Instant;

/**
 * A resolution as it was found in the log, signed by the intake and where it belongs.
 *
 * @param resolution the claims
 * @param payloadHash {@code sha-256:…} of the signed payload
 * @param position where it stands
 * @param appendedAt when the broker appended it
 */
public record ReceivedResolution(
        Resolution resolution, String payloadHash, LogRecord.Position position, Instant appendedAt) {}
