package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Looks single records up in the log. */
final class LookUp {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final CommandReader commands;
    private final JournalReader journal;
    private final Clock clock;

    /**
     * What came of it.
     *
     * @param <T> what is looked for
     */
    sealed interface Result<T> {

        /** There is a genuine record, which says this. */
        record Found<T>(T what) implements Result<T> {}

        /** There is none any more. */
        record Nothing<T>() implements Result<T> {}

        /** It can't be told now. */
        record NotNow<T>() implements Result<T> {}
    }

    private interface Reading<T> {

        Optional<T> of(LogRecord found) throws RejectedException;
    }

    LookUp(KafkaClients clients, CommandReader commands, JournalReader journal, Clock clock) {
        this.clients = clients;
        this.commands = commands;
        this.journal = journal;
        this.clock = clock;
    }

    /** The request hash of the command at this place; throws whatever the client throws when the broker is away. */
    Result<String> requestHash(LogRecord.Position position) {
        return read(
                position,
                found -> Optional.of(commands.read(found).command().context().requestHash()));
    }

    /**
     * The record of which the journal says at this place that it was started, or how it ended; throws the same.
     *
     * @param position where a reader of what is committed has found something before
     */
    Result<CommandReference> spokenOf(LogRecord.Position position) {
        return read(position, this::spokenOf);
    }

    /** Whatever is wrong with a record, it must not keep a command waiting for ever. */
    private Optional<CommandReference> spokenOf(LogRecord found) throws RejectedException {
        try {
            return Optional.of(journal.read(found).statement().event())
                    .filter(event -> !(event instanceof Repeat))
                    .map(JournalEvent::command);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private <T> Result<T> read(LogRecord.Position position, Reading<T> reading) {
        var partition = new TopicPartition(position.topic(), position.partition());
        var only = List.of(partition);
        Instant until = clock.instant().plus(PATIENCE);
        try (Consumer<byte[], byte[]> reader = clients.readerOfAll("look-up")) {
            reader.assign(only);
            boolean within = position.offset() >= reader.beginningOffsets(only).getOrDefault(partition, 0L)
                    && position.offset() < reader.endOffsets(only).getOrDefault(partition, Long.MAX_VALUE);
            if (!within) {
                return new Result.Nothing<>();
            }
            reader.seek(partition, position.offset());
            while (clock.instant().isBefore(until)) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    return record.offset() == position.offset()
                            ? read(Records.read(record), reading)
                            : new Result.Nothing<>();
                }
            }
            return new Result.NotNow<>();
        }
    }

    private static <T> Result<T> read(LogRecord found, Reading<T> reading) {
        try {
            return reading.of(found).<Result<T>>map(Result.Found::new).orElseGet(Result.Nothing::new);
        } catch (RejectedException e) {
            return new Result.Nothing<>();
        }
    }
}
