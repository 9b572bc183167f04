package dev.mandate.api.log;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.topic.Lane;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a batch. It stands in its command as the idempotency key, so that the same line of the same batch is the
 * same command, and so that whoever reads the log knows which line it was.
 *
 * @param batch the batch's id, which is the {@code txn} of its commands
 * @param number the line's number, from 1
 */
public record BatchLine(CommandId batch, int number) {

    private static final char SEPARATOR = '/';
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    /** The line as an idempotency key. */
    public String key() {
        return batch.value() + SEPARATOR + number;
    }

    /** The number of the line that a command was; empty for commands that came in no batch. */
    public static OptionalInt numberOf(Command command) {
        String start = command.transaction() + SEPARATOR;
        return command.context()
                .idempotencyKey()
                .filter(key -> command.context().lane() == Lane.BULK && key.startsWith(start))
                .map(key -> NUMBER.matcher(key.substring(start.length())))
                .filter(Matcher::matches)
                .map(number -> OptionalInt.of(Integer.parseInt(number.group())))
                .orElse(OptionalInt.empty());
    }
}
