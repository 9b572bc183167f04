package dev.mandate.bench.upstream;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the upstream's limit did since it was last told to count from zero, to requests of all kinds.
 *
 * @param passed requests that were let through
 * @param refused requests that were answered 429
 * @param heedless requests that came while those who ask had been told to wait
 */
public record Limited(
        @JsonProperty(value = "passed", required = true) long passed,
        @JsonProperty(value = "refused", required = true) long refused,
        @JsonProperty(value = "heedless", required = true) long heedless) {}
