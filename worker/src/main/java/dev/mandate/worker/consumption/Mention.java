package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.journal.JournalStatement;
import dev.mandate.contracts.topic.EventHeaders;
import dev.mandate.contracts.topic.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What a journal record's headers say without anybody verifying them.
 *
 * @param command whom it is about
 * @param isRepeat whether it says no more of it than that another record repeats it
 * @param position where it stands
 * @param at when it was appended
 */
record Mention(CommandId command, boolean isRepeat, LogRecord.Position position, Instant at) {

    /** What a record mentions; empty where a header is missing, as none is in a record of a worker. */
    static Optional<Mention> in(ConsumerRecord<byte[], byte[]> record) {
        Optional<String> type = Optional.ofNullable(record.headers().lastHeader(EventHeaders.TYPE))
                .map(Mention::text);
        return Optional.ofNullable(record.headers().lastHeader(EventHeaders.SUBJECT))
                .flatMap(Mention::command)
                .flatMap(command -> type.map(said -> new Mention(
                        command,
                        said.equals(JournalStatement.REPEAT),
                        new LogRecord.Position(record.topic(), record.partition(), record.offset()),
                        Instant.ofEpochMilli(record.timestamp()))));
    }

    /** All commands that a record names, whatever else it is. */
    static List<CommandId> named(ConsumerRecord<byte[], byte[]> record) {
        return StreamSupport.stream(
                        record.headers().headers(EventHeaders.SUBJECT).spliterator(), false)
                .map(Mention::command)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<CommandId> command(Header header) {
        try {
            return Optional.of(new CommandId(text(header)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(Header header) {
        byte[] value = header.value();
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
