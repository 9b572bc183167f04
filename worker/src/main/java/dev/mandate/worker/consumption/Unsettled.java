package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.RecordChecks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Finds out since when there are records that are not settled: whatever the journal said earlier is of settled ones. */
final class Unsettled {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The clocks of brokers, each of which says when the records of some partitions were appended, may be so far apart. */
    private static final Duration APART = RecordChecks.LATENESS.plus(RecordChecks.SKEW);

    private final KafkaClients clients;
    private final Clock clock;

    Unsettled(KafkaClients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * By partition number, the time before which whatever was appended to the journal speaks of settled records only.
     * Where it can't be told that is long ago, so that everything is looked at.
     *
     * @param next from where on records are not settled, by partition of the topics of commands
     */
    Map<Integer, Instant> since(Map<TopicPartition, Long> next) {
        Map<Integer, Instant> since = new HashMap<>();
        Map<TopicPartition, Long> unread = new HashMap<>(next);
        next.keySet().forEach(partition -> since.put(partition.partition(), clock.instant()));
        try (Consumer<byte[], byte[]> reader = clients.readerOfAll("recovery-unsettled")) {
            Map<TopicPartition, Long> ends = reader.endOffsets(unread.keySet());
            unread.entrySet().removeIf(one -> one.getValue() >= ends.getOrDefault(one.getKey(), Long.MAX_VALUE));
            reader.assign(unread.keySet());
            unread.forEach(reader::seek);
            Instant until = clock.instant().plus(PATIENCE);
            while (!unread.isEmpty() && clock.instant().isBefore(until)) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    var partition = new TopicPartition(record.topic(), record.partition());
                    if (unread.remove(partition) != null) {
                        reader.pause(Set.of(partition));
                        since.merge(
                                record.partition(),
                                Instant.ofEpochMilli(record.timestamp()),
                                (one, other) -> one.isBefore(other) ? one : other);
                    }
                }
            }
        }
        unread.keySet().forEach(partition -> since.put(partition.partition(), Instant.EPOCH));
        since.replaceAll((number, at) -> at.minus(APART));
        return since;
    }
}
