package dev.mandate.api.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * The body of a 202: the command is in the log.
 *
 * @param id the command's id
 * @param status always {@code accepted}
 * @param payloadHash the hash of the signed command
 * @param links where to find the command, and its events
 * @param receipt the intake's signed statement (a compact JWS) of where in the log the command stands
 */
record Acceptance(
        @JsonProperty("id") String id,
        @JsonProperty("status") String status,
        @JsonProperty("payload_hash") String payloadHash,
        @JsonProperty("links") Map<String, String> links,
        @JsonProperty("receipt") String receipt) {}
