package dev.mandate.contracts.command;

import com.fasterxml.jackson.annotation.JsonProperty;
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
        @JsonProperty("prev") Optional<String> previous) {}
