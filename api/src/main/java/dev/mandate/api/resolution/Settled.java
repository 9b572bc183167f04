package dev.mandate.api.resolution;

import dev.mandate.api.status.CommandState;
import dev.mandate.contracts.topic.LogRecord;

/** What came of somebody's word. */
sealed interface Settled {

    /** The command is settled so. */
    record Known(CommandState state) implements Settled {}

    /** It is in the log; whether it is the first, the read model can't tell yet. */
    record Recorded(LogRecord.Position position) implements Settled {}
}
