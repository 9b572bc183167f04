package dev.mandate.contracts.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.command.CommandReference;

/**
 * From here on the command may have reached Auth0. Appended before the call, so that a crash leaves a trace.
 *
 * @param command the command
 * @param attempt from 1
 * @param worker the instance and its start: {@code worker-3/1795456800123}
 * @param consumed the offset of the command's partition up to which the worker had read
 */
public record Started(
        @JsonProperty(value = "command", required = true) CommandReference command,
        @JsonProperty(value = "attempt", required = true) int attempt,
        @JsonProperty(value = "worker", required = true) String worker,
        @JsonProperty(value = "consumed", required = true) long consumed)
        implements JournalEvent {}
