package dev.mandate.bench.upstream;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the upstream has seen since it was last told to count from zero.
 *
 * @param answered calls
 * @param distinct different commands among them
 * @param duplicates calls for a command that had been done before, ever
 * @param disorders calls that began before an earlier command on the same target was done, or after a later one
 * @param nanos how long its own work, delay included, took for all calls together
 */
public record Seen(
        @JsonProperty(value = "answered", required = true) long answered,
        @JsonProperty(value = "distinct", required = true) long distinct,
        @JsonProperty(value = "duplicates", required = true) long duplicates,
        @JsonProperty(value = "disorders", required = true) long disorders,
        @JsonProperty(value = "nanos", required = true) long nanos) {}
