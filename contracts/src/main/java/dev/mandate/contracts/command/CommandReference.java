package dev.mandate.contracts.command;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One record of a command in the log.
 *
 * @param id the command's id
 * @param payloadHash {@code sha-256:…} of the signed payload
 * @param topic where it stands
 * @param partition where it stands
 * @param offset where it stands
 */
public record CommandReference(
        @JsonProperty(value = "jti", required = true) CommandId id,

        @JsonProperty(value = "payload_hash", required = true)
        String payloadHash,

        @JsonProperty(value = "topic", required = true) String topic,
        @JsonProperty(value = "partition", required = true) int partition,
        @JsonProperty(value = "offset", required = true) long offset) {}
