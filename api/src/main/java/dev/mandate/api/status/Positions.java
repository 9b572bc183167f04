package dev.mandate.api.status;

import dev.mandate.contracts.topic.LogRecord;

/** Positions in the log as clients see them: opaque and authenticated. */
public interface Positions {

    /** A position as text that is safe in a URL's query, for {@code Location} and {@code links}. */
    String encode(LogRecord.Position position);
}
