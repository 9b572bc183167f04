package dev.mandate.bench.upstream;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the upstream has seen.
 *
 * @param answered calls since it was last told to count from zero
 * @param distinct different commands among them
 * @param duplicates calls, ever, for a command that had been begun before: one that comes late must not be overlooked
 * @param disorders calls, ever, that began before an earlier command on the same target was done, or after a later one
 * @param nanos how long its own work, delay included, took for all calls together
 */
public record Seen(
        @JsonProperty(value = "answered", required = true) long answered,
        @JsonProperty(value = "distinct", required = true) long distinct,
        @JsonProperty(value = "duplicates", required = true) long duplicates,
        @JsonProperty(value = "disorders", required = true) long disorders,
        @JsonProperty(value = "nanos", required = true) long nanos) {

    /** The same without what had gone wrong before. */
    public Seen since(Seen before) {
        return new Seen(answered, distinct, duplicates - before.duplicates, disorders - before.disorders, nanos);
    }
}
