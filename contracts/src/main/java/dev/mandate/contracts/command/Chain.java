package dev.mandate.contracts.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;

/**
 * What one run of an API instance has signed, numbered, so that a record that was dropped leaves a gap.
 *
 * @param instance the instance's name and its start: {@code intake-1/1795456800123}
 * @param sequence from 1, without gaps
 * @param previous the payload hash of the statement before; absent in the first
 */
public record Chain(
        @JsonProperty(value = "instance", required = true) String instance,
        @JsonProperty(value = "seq", required = true) long sequence,
        @JsonProperty("prev") Optional<String> previous) {

    /**
     * For no longer than this, by the times of signing, a run goes on numbering while it neither knows nor has declared
     * what became of an earlier number. So what is missing from further back was not lost with a run that was killed.
     */
    public static final Duration PATIENCE = Duration.ofMinutes(1);
}
