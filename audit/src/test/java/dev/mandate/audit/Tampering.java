package dev.mandate.audit;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What somebody might do to a record. */
public final class Tampering {

    private Tampering() {}

    /** The record with one bit in the middle of its value changed. */
    public static LogRecord flipped(LogRecord record) {
        return new LogRecord(
                record.position(), record.appendedAt(), record.key(), flipped(record.value()), record.headers());
    }

    public static byte[] flipped(byte[] value) {
        byte[] changed = value.clone();
        changed[changed.length / 2] ^= 1;
        return changed;
    }

    /** The record with another value in one header. */
    public static LogRecord with(LogRecord record, String name, String value) {
        List<LogRecord.Header> headers = record.headers().stream()
                .map(header -> header.name().equals(name)
                        ? new LogRecord.Header(name, value.getBytes(StandardCharsets.UTF_8))
                        : header)
                .toList();
        return new LogRecord(record.position(), record.appendedAt(), record.key(), record.value(), headers);
    }

    public static Command with(Command command, Bind bind) {
        return new Command(
                command.issuer(),
                command.audience(),
                command.id(),
                command.transaction(),
                command.issuedAt(),
                command.deadline(),
                command.subject(),
                command.clientId(),
                command.scope(),
                command.context(),
                command.requester(),
                command.authorization(),
                command.chain(),
                bind);
    }

    public static Command with(Command command, CommandId id) {
        return new Command(
                command.issuer(),
                command.audience(),
                id,
                command.transaction(),
                command.issuedAt(),
                command.deadline(),
                command.subject(),
                command.clientId(),
                command.scope(),
                command.context(),
                command.requester(),
                command.authorization(),
                command.chain(),
                command.bind());
    }

    public static Command with(Command command, Transaction context) {
        return new Command(
                command.issuer(),
                command.audience(),
                command.id(),
                command.transaction(),
                command.issuedAt(),
                command.deadline(),
                command.subject(),
                command.clientId(),
                context.action(),
                context,
                command.requester(),
                command.authorization(),
                command.chain(),
                command.bind());
    }

    /** The command as a line of a batch. */
    public static Command inBatch(Command command, CommandId batch) {
        return new Command(
                command.issuer(),
                command.audience(),
                command.id(),
                batch.value(),
                command.issuedAt(),
                command.deadline(),
                command.subject(),
                command.clientId(),
                command.scope(),
                command.context(),
                command.requester(),
                command.authorization(),
                command.chain(),
                command.bind());
    }
}
