package dev.mandate.api.log;

import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads committed records of the two command topics, the journal and the control topic, from wherever it is told. For
 * one thread; only {@link #wakeup} may be called by others.
 */
public final class LogReader implements AutoCloseable {

    /** The topics, in the order in which one batch's records are handed out: a command before what is said of it. */
    public static final List<String> TOPICS =
            List.of(Topics.COMMANDS, Topics.COMMANDS_BULK, Topics.RESULTS, Topics.CONTROL);

    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Duration spacing;
    private long brought;

    LogReader(Consumer<byte[], byte[]> consumer, Duration spacing) {
        this.consumer = consumer;
        this.spacing = spacing;
        this.brought = System.nanoTime() - spacing.toNanos();
    }

    /**
     * What one poll brought.
     *
     * @param records in the order of their partition; commands before journal statements, and those before resolutions
     * @param reached the positions behind them, in every partition that is read
     */
    public record Batch(List<LogRecord> records, LogPositions reached) {}

    /**
     * All partitions of these topics.
     *
     * @throws LogUnavailableException when the broker can't be asked
     * @throws IllegalStateException when a topic does not exist
     */
    public SortedSet<LogPartition> partitions() {
        var partitions = new TreeSet<LogPartition>();
        for (String topic : TOPICS) {
            var found = ask(() -> consumer.partitionsFor(topic));
            if (found == null || found.isEmpty()) {
                throw new IllegalStateException("The topic " + topic + " does not exist");
            }
            found.forEach(info -> partitions.add(new LogPartition(topic, info.partition())));
        }
        return partitions;
    }

    /** Reads these partitions from here on, and no others. */
    public void seek(LogPositions positions) {
        consumer.assign(
                positions.partitions().stream().map(LogPartition::toKafka).toList());
        positions.next().forEach((partition, offset) -> consumer.seek(partition.toKafka(), offset));
    }

    /**
     * Reads on; after a poll that brought something, not before the spacing has passed.
     *
     * @throws LogGapException when the log no longer has what was asked for, or does not reach that far
     * @throws org.apache.kafka.common.errors.WakeupException after {@link #wakeup}
     */
    public Batch poll(Duration atMost) {
        ConsumerRecords<byte[], byte[]> polled;
        LockSupport.parkNanos(brought + spacing.toNanos() - System.nanoTime());
        try {
            polled = consumer.poll(atMost);
        } catch (OffsetOutOfRangeException e) {
            throw new LogGapException(e);
        }
        if (!polled.isEmpty()) {
            brought = System.nanoTime();
        }
        var records = new ArrayList<LogRecord>(polled.count());
        for (String topic : TOPICS) {
            polled.records(topic).forEach(record -> records.add(toLogRecord(record)));
        }
        return new Batch(records, reached());
    }

    /** Where the next poll reads on. */
    public LogPositions reached() {
        var reached = new TreeMap<LogPartition, Long>();
        consumer.assignment().forEach(p -> reached.put(LogPartition.of(p), consumer.position(p)));
        return new LogPositions(reached);
    }

    /** How many records are ahead, as far as the last fetches told; empty until they told of every partition. */
    public OptionalLong lag() {
        long sum = 0;
        for (TopicPartition partition : consumer.assignment()) {
            var lag = consumer.currentLag(partition);
            if (lag.isEmpty()) {
                return lag;
            }
            sum += lag.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    /**
     * The first offsets that the log still has.
     *
     * @throws LogUnavailableException when the broker can't be asked
     */
    public LogPositions beginnings(Collection<LogPartition> partitions) {
        return positions(ask(() -> consumer.beginningOffsets(kafka(partitions))));
    }

    /**
     * The ends of the log: behind the last committed record.
     *
     * @throws LogUnavailableException when the broker can't be asked
     */
    public LogPositions ends(Collection<LogPartition> partitions) {
        return positions(ask(() -> consumer.endOffsets(kafka(partitions))));
    }

    /**
     * The offset of the first record that was appended at this time or later; the end where there is none.
     *
     * @throws LogUnavailableException when the broker can't be asked
     */
    public long offsetAt(LogPartition partition, Instant time) {
        var found = ask(() -> consumer.offsetsForTimes(Map.of(partition.toKafka(), time.toEpochMilli())))
                .get(partition.toKafka());
        return found != null ? found.offset() : ends(List.of(partition)).next(partition);
    }

    /** Makes the other thread's poll throw. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE));
    }

    private static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            throw new LogUnavailableException(e);
        }
    }

    private static List<TopicPartition> kafka(Collection<LogPartition> partitions) {
        return partitions.stream().map(LogPartition::toKafka).toList();
    }

    private static LogPositions positions(Map<TopicPartition, Long> offsets) {
        return LogPositions.of(offsets.entrySet().stream()
                .collect(Collectors.toMap(entry -> LogPartition.of(entry.getKey()), Map.Entry::getValue)));
    }

    private static LogRecord toLogRecord(ConsumerRecord<byte[], byte[]> record) {
        return new LogRecord(
                new LogRecord.Position(record.topic(), record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value(),
                Arrays.stream(record.headers().toArray())
                        .map(header -> new LogRecord.Header(header.key(), header.value()))
                        .toList());
    }
}
