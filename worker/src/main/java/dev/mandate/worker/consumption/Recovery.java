package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back what the journal says of partitions that this worker has just been given. Committed offsets first: they
 * are stable only when no earlier owner has a transaction open, so what the journal holds after that is complete.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ConsumerRecords<byte[], byte[]> NOTHING = ConsumerRecords.empty();

    private final KafkaClients clients;
    private final JournalReader journal;
    private final CommandReader commands;
    private final Duration reach;
    private final Clock clock;

    /**
     * What was read back of one partition number.
     *
     * @param index what the journal says
     * @param offsets from where to read on, by topic
     */
    record Recovered(JournalIndex index, Map<String, Long> offsets) {}

    Recovery(KafkaClients clients, JournalReader journal, CommandReader commands, Duration reach, Clock clock) {
        this.clients = clients;
        this.journal = journal;
        this.commands = commands;
        this.reach = reach;
        this.clock = clock;
    }

    /** Reads back these partition numbers. */
    Map<Integer, Recovered> read(Collection<Integer> numbers) {
        Instant since = clock.instant().minus(reach);
        try (Consumer<byte[], byte[]> reader = clients.reader("recovery")) {
            Map<Integer, Recovered> result = new HashMap<>();
            offsets(reader, numbers)
                    .forEach((number, offsets) -> result.put(number, new Recovered(new JournalIndex(), offsets)));
            List<TopicPartition> partitions = numbers.stream()
                    .map(number -> new TopicPartition(Topics.RESULTS, number))
                    .toList();
            reader.assign(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            Map<TopicPartition, Long> asked = new HashMap<>();
            partitions.forEach(partition -> asked.put(partition, since.toEpochMilli()));
            Map<TopicPartition, OffsetAndTimestamp> starts = reader.offsetsForTimes(asked);
            Set<TopicPartition> behind = new HashSet<>(partitions);
            for (TopicPartition partition : partitions) {
                OffsetAndTimestamp start = starts.get(partition);
                reader.seek(partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset());
            }
            while (!behind.isEmpty()) {
                behind.removeIf(partition -> reader.position(partition) >= ends.getOrDefault(partition, 0L));
                for (ConsumerRecord<byte[], byte[]> record : behind.isEmpty() ? NOTHING : reader.poll(POLL)) {
                    Recovered recovered = result.get(record.partition());
                    if (recovered != null) {
                        read(recovered, record);
                    }
                }
            }
            return result;
        }
    }

    /**
     * The request hash of a command that stands in the log.
     *
     * @return empty if there is no genuine command any more at that place
     */
    Optional<String> requestHash(LogRecord.Position position) {
        var partition = new TopicPartition(position.topic(), position.partition());
        Instant until = clock.instant().plus(PATIENCE);
        try (Consumer<byte[], byte[]> reader = clients.reader("look-up")) {
            reader.assign(List.of(partition));
            reader.seek(partition, position.offset());
            while (clock.instant().isBefore(until)) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    return record.offset() == position.offset()
                            ? Optional.of(commands.read(Records.read(record))
                                    .command()
                                    .context()
                                    .requestHash())
                            : Optional.empty();
                }
            }
            return Optional.empty();
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }

    private static Map<Integer, Map<String, Long>> offsets(
            Consumer<byte[], byte[]> reader, Collection<Integer> numbers) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (int number : numbers) {
            Topics.COMMAND_TOPICS.forEach(topic -> partitions.add(new TopicPartition(topic, number)));
        }
        Map<TopicPartition, OffsetAndMetadata> committed = reader.committed(partitions);
        Map<TopicPartition, Long> beginnings = reader.beginningOffsets(partitions);
        Map<Integer, Map<String, Long>> result = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            long beginning = beginnings.getOrDefault(partition, 0L);
            result.computeIfAbsent(partition.partition(), number -> new HashMap<>())
                    .put(partition.topic(), offset == null ? beginning : Math.max(beginning, offset.offset()));
        }
        return result;
    }

    private void read(Recovered recovered, ConsumerRecord<byte[], byte[]> record) {
        try {
            recovered.index().read(journal.read(Records.read(record)), recovered.offsets());
        } catch (RejectedException e) {
            // Whoever may write to the journal must not be able to stop a worker, nor to speak for it.
            LOG.atError()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("errorCode", e.code().code())
                    .log("Journal record not trusted");
        }
    }
}
