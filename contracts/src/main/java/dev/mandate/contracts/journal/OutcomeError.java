package dev.mandate.contracts.journal;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Why a command did not succeed.
 *
 * @param code stable: {@code policy.permission_missing}, {@code upstream.refused}
 * @param message one sentence for the requester; nothing of what Auth0 said, nothing about others
 */
public record OutcomeError(
        @JsonProperty(value = "code", required = true) String code,
        @JsonProperty(value = "message", required = true) String message) {}
