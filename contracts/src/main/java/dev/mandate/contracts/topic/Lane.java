package dev.mandate.contracts.topic;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The two ways through the system, so that a mass change never delays the help desk. */
public enum Lane {
    /** People who wait. */
    @JsonProperty("interactive")
    INTERACTIVE(Topics.COMMANDS),
    /** Batches. */
    @JsonProperty("bulk")
    BULK(Topics.COMMANDS_BULK);

    private final String topic;

    Lane(String topic) {
        this.topic = topic;
    }

    /** The topic of the lane's commands. */
    public String topic() {
        return topic;
    }
}
