package dev.mandate.api.status;

import dev.mandate.contracts.topic.LogRecord;
import java.util.Map;

/** Where a command is found from now on: for {@code Location} and {@code links}. */
public interface CommandLinks {

    /**
     * The command's own address, relative to this server. It carries an opaque, authenticated position, so that a
     * command can be read at once after it was accepted: reading waits for the read model to pass the position.
     *
     * @param commandId the command's id
     * @param position where the broker appended the command
     */
    String self(String commandId, LogRecord.Position position);

    /** The position in these links, by itself. */
    String token(String commandId, LogRecord.Position position);

    /** All links: {@code self} as above, and {@code events}. */
    Map<String, String> links(String commandId, LogRecord.Position position);
}
