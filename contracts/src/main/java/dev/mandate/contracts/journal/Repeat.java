package dev.mandate.contracts.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.command.CommandReference;

/**
 * A later record of a command already seen. It never changes the outcome.
 *
 * @param command the later record
 * @param kind whether it is the same request
 * @param worker the instance and its start
 */
public record Repeat(
        @JsonProperty(value = "command", required = true) CommandReference command,
        @JsonProperty(value = "repeat", required = true) Kind kind,
        @JsonProperty(value = "worker", required = true) String worker)
        implements JournalEvent {

    /** Whether a later record asks for the same. */
    public enum Kind {
        /** The same request again. */
        @JsonProperty("duplicate")
        DUPLICATE,
        /** Another request under the same id. */
        @JsonProperty("conflict")
        CONFLICT
    }
}
