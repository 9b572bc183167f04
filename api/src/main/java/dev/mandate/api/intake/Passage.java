package dev.mandate.api.intake;

import dev.mandate.api.log.BatchLine;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.topic.Lane;
import java.util.Optional;

/**
 * How a command travels.
 *
 * @param batch the batch that it belongs to, if it came in one
 * @param key what makes a repeated request the same command
 */
record Passage(Lane lane, Optional<CommandId> batch, Optional<IdempotencyKey> key) {

    /** Of a command that somebody may be waiting for. */
    static Passage alone(Optional<IdempotencyKey> key) {
        return new Passage(Lane.INTERACTIVE, Optional.empty(), key);
    }

    /** Of a line of a batch: the same line of the same batch is the same command. */
    static Passage line(CommandId batch, int number) {
        var key = new IdempotencyKey(new BatchLine(batch, number).key());
        return new Passage(Lane.BULK, Optional.of(batch), Optional.of(key));
    }
}
