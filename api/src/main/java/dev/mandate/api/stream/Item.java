package dev.mandate.api.stream;

import dev.mandate.api.log.LogEvent;

/** What a stream's thread gets to see. */
sealed interface Item {

    /** Something happened that the stream is about. */
    record Happened(LogEvent event) implements Item {}

    /** The stream must end here; what would have come next is had by resuming. */
    record Cut(EndReason reason) implements Item {}
}
