package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Looks single commands up in the log. */
final class LookUp {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final CommandReader commands;
    private final Clock clock;

    /** What came of it. */
    sealed interface Result {

        /** There is a genuine command. */
        record Found(String requestHash) implements Result {}

        /** There is none any more. */
        record Nothing() implements Result {}

        /** It can't be told now. */
        record NotNow() implements Result {}
    }

    LookUp(KafkaClients clients, CommandReader commands, Clock clock) {
        this.clients = clients;
        this.commands = commands;
        this.clock = clock;
    }

    /** The request hash of the command at this place; throws whatever the client throws when the broker is away. */
    Result requestHash(LogRecord.Position position) {
        var partition = new TopicPartition(position.topic(), position.partition());
        var only = List.of(partition);
        Instant until = clock.instant().plus(PATIENCE);
        try (Consumer<byte[], byte[]> reader = clients.readerOfAll("look-up")) {
            reader.assign(only);
            boolean within = position.offset() >= reader.beginningOffsets(only).getOrDefault(partition, 0L)
                    && position.offset() < reader.endOffsets(only).getOrDefault(partition, Long.MAX_VALUE);
            if (!within) {
                return new Result.Nothing();
            }
            reader.seek(partition, position.offset());
            while (clock.instant().isBefore(until)) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    return record.offset() == position.offset() ? read(Records.read(record)) : new Result.Nothing();
                }
            }
            return new Result.NotNow();
        }
    }

    private Result read(LogRecord found) {
        try {
            return new Result.Found(commands.read(found).command().context().requestHash());
        } catch (RejectedException e) {
            return new Result.Nothing();
        }
    }
}
