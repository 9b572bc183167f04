package dev.mandate.contracts.quarantine;

import dev.mandate.contracts.topic.LogRecord.Position;
import java.time.Instant;

/**
 * A genuine record in quarantine.
 *
 * @param statement what the worker says
 * @param position where it stands in quarantine
 * @param appendedAt the broker's time of appending
 * @param whole whether a copy of the original is there; it is left out when it is too large
 */
public record ReceivedQuarantine(QuarantineStatement statement, Position position, Instant appendedAt, boolean whole) {}
