package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.Topics;
import dev.mandate.worker.time.Stopwatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Finds parts of the journal, and reads them. */
final class JournalSpans {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Longer than a transaction stays open whose worker is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final Clock clock;

    JournalSpans(KafkaClients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /** By partition number, what there is since so long before these times, whoever has a transaction open. */
    Map<Integer, Span> since(Map<Integer, Instant> times, Duration before) {
        Map<TopicPartition, Long> since = new HashMap<>();
        times.forEach((number, time) ->
                since.put(partition(number), Math.max(0, time.minus(before).toEpochMilli())));
        try (Consumer<byte[], byte[]> reader = clients.readerOfAll("recovery-span")) {
            Map<TopicPartition, Long> ends = reader.endOffsets(since.keySet());
            Map<TopicPartition, OffsetAndTimestamp> starts = reader.offsetsForTimes(since);
            Map<Integer, Span> spans = new HashMap<>();
            ends.forEach((partition, end) -> {
                OffsetAndTimestamp start = starts.get(partition);
                spans.put(partition.partition(), new Span(start == null ? end : start.offset(), end));
            });
            return spans;
        }
    }

    /**
     * Reads what is committed of these parts, each in the order of the log.
     *
     * @param purpose for the broker's logs
     * @param unwanted whether to leave off
     * @throws TimeoutException when for long nothing could be read
     */
    void read(
            String purpose,
            Map<Integer, Span> spans,
            BooleanSupplier unwanted,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (Consumer<byte[], byte[]> reader = clients.reader(purpose)) {
            Map<TopicPartition, Span> behind = new HashMap<>();
            spans.forEach((number, span) -> behind.put(partition(number), span));
            reader.assign(behind.keySet());
            behind.forEach((partition, span) -> reader.seek(partition, span.start()));
            behind.values().removeIf(Span::isEmpty);
            var idle = Stopwatch.start(clock);
            long reached = -1;
            while (!behind.isEmpty() && !unwanted.getAsBoolean()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    if (record.offset()
                            < spans.getOrDefault(record.partition(), Span.NOTHING)
                                    .end()) {
                        each.accept(record);
                    }
                }
                long now = behind.keySet().stream().mapToLong(reader::position).sum();
                if (now != reached) {
                    idle = Stopwatch.start(clock);
                    reached = now;
                } else if (idle.elapsed().compareTo(PATIENCE) > 0) {
                    throw new TimeoutException("The journal does not go on");
                }
                behind.entrySet()
                        .removeIf(one ->
                                reader.position(one.getKey()) >= one.getValue().end());
            }
        }
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(Topics.RESULTS, number);
    }
}
