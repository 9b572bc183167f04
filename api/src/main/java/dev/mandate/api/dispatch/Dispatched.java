package dev.mandate.api.dispatch;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.topic.LogRecord;

/**
 * A command that the broker has acknowledged.
 *
 * @param command the claims
 * @param payloadHash {@code sha-256:…} of the signed payload
 * @param position where it stands in the log
 */
public record Dispatched(Command command, String payloadHash, LogRecord.Position position) {

    /** How others refer to it. */
    public CommandReference reference() {
        return new CommandReference(
                command.id(), payloadHash, position.topic(), position.partition(), position.offset());
    }
}
