package dev.mandate.contracts.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.CommandReference;
import java.util.Optional;

/**
 * From here on the command may have reached Auth0. Appended before the call, so that a crash leaves a trace.
 *
 * @param command the command
 * @param attempt from 1; of a macro's step, whose attempts are counted by themselves
 * @param worker the instance and its start: {@code worker-3/1795456800123}
 * @param consumed the offset of the command's partition up to which the worker had read
 * @param authorization the decision that allows it, with the facts it rests on; absent where only a later outcome needs
 *     to follow something, and in what was recorded before it was
 * @param step the step that begins, if the command is a macro
 */
public record Started(
        @JsonProperty(value = "command", required = true) CommandReference command,
        @JsonProperty(value = "attempt", required = true) int attempt,
        @JsonProperty(value = "worker", required = true) String worker,
        @JsonProperty(value = "consumed", required = true) long consumed,
        @JsonProperty("authz") Optional<Authorization> authorization,
        @JsonProperty("step") Optional<StepStarted> step)
        implements JournalEvent {

    /** The start of a plain operation, without the decision behind it. */
    public Started(CommandReference command, int attempt, String worker, long consumed) {
        this(command, attempt, worker, consumed, Optional.empty(), Optional.empty());
    }
}
