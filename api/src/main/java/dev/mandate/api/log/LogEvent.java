package dev.mandate.api.log;

import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.resolution.ReceivedResolution;
import dev.mandate.contracts.topic.LogRecord;

/** A record of the log that has been verified. */
public sealed interface LogEvent {

    /** Where it stands. */
    LogRecord.Position position();

    /** The command that it is, or speaks of. */
    CommandReference command();

    /** The command's id. */
    default String commandId() {
        return command().id().value();
    }

    /** A command. */
    record Commanded(ReceivedCommand received) implements LogEvent {

        @Override
        public LogRecord.Position position() {
            return received.position();
        }

        @Override
        public CommandReference command() {
            return received.reference();
        }
    }

    /** A person's word on what became of a command. */
    record Resolved(ReceivedResolution received) implements LogEvent {

        @Override
        public LogRecord.Position position() {
            return received.position();
        }

        @Override
        public CommandReference command() {
            return received.resolution().command();
        }
    }

    /** A statement of a worker's journal. */
    record Journaled(ReceivedStatement received) implements LogEvent {

        @Override
        public LogRecord.Position position() {
            return received.position();
        }

        @Override
        public CommandReference command() {
            return received.statement().event().command();
        }
    }
}
