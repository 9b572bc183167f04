package dev.mandate.contracts.command;

import dev.mandate.contracts.topic.LogRecord;
import java.time.Instant;

/**
 * A command as it was found in the log, signed by the intake and where it belongs.
 *
 * @param command the claims
 * @param payload the signed bytes, out of which the request's body is taken verbatim
 * @param payloadHash {@code sha-256:…} of them
 * @param kid the key that signed them
 * @param position where it stands
 * @param appendedAt when the broker appended it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ReceivedCommand(
        Command command,
        byte[] payload,
        String payloadHash,
        String kid,
        LogRecord.Position position,
        Instant appendedAt) {

    /** How the journal refers to it. */
    public CommandReference reference() {
        return new CommandReference(
                command.id(), payloadHash, position.topic(), position.partition(), position.offset());
    }
}
