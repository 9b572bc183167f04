package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.RecordChecks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Finds out since when there are records that are not settled: what the journal said earlier is of settled ones. */
final class Unsettled {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Brokers' clocks, each of which says when the records of some partitions were appended, may be so far apart. */
    static final Duration APART = RecordChecks.LATENESS.plus(RecordChecks.SKEW);

    private final KafkaClients clients;
    private final Duration apart;
    private final Clock clock;

    /** @param apart how much earlier to put it than the records say */
    Unsettled(KafkaClients clients, Duration apart, Clock clock) {
        this.clients = clients;
        this.apart = apart;
        this.clock = clock;
    }

    /**
     * By partition number, the time before which whatever was appended to the journal speaks of settled records only:
     * that of the first record that is not settled, in either lane; if there is none, of the last one there is, since
     * what comes next comes later. No clock here is asked. Where it can't be told the time is long ago, so that
     * everything is looked at.
     *
     * @param next from where on records are not settled, by partition of the topics of commands
     */
    Map<Integer, Instant> since(Map<TopicPartition, Long> next) {
        Map<Integer, Instant> first = new HashMap<>();
        Map<Integer, Instant> last = new HashMap<>();
        Map<TopicPartition, Long> unread = new HashMap<>();
        try (Consumer<byte[], byte[]> reader = clients.readerOfAll("recovery-unsettled")) {
            Map<TopicPartition, Long> beginnings = reader.beginningOffsets(next.keySet());
            Map<TopicPartition, Long> ends = reader.endOffsets(next.keySet());
            next.forEach((partition, offset) -> {
                long newest = ends.getOrDefault(partition, 0L) - 1;
                if (newest >= beginnings.getOrDefault(partition, 0L)) {
                    unread.put(partition, Math.min(offset, newest));
                }
            });
            reader.assign(unread.keySet());
            unread.forEach(reader::seek);
            Instant until = clock.instant().plus(PATIENCE);
            while (!unread.isEmpty() && clock.instant().isBefore(until)) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    var partition = new TopicPartition(record.topic(), record.partition());
                    if (unread.remove(partition) != null) {
                        reader.pause(Set.of(partition));
                        var at = Instant.ofEpochMilli(record.timestamp()).minus(apart);
                        if (record.offset() < next.getOrDefault(partition, 0L)) {
                            last.merge(record.partition(), at, BinaryOperator.maxBy(Comparator.naturalOrder()));
                        } else {
                            first.merge(record.partition(), at, BinaryOperator.minBy(Comparator.naturalOrder()));
                        }
                    }
                }
            }
        }
        last.forEach(first::putIfAbsent);
        unread.keySet().forEach(partition -> first.put(partition.partition(), Instant.EPOCH));
        return first;
    }
}
