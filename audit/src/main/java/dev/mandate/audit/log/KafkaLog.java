package dev.mandate.audit.log;

import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topics of a broker, read with nothing but the right to read them: no consumer group, no commit, only what is
 * committed.
 *
 * <p>The ends of the control topic are read first, so that of a run of which it says that it has ended all is looked
 * at; then those of the command topics, and the journal's last, so that whatever the worker had said about a command
 * that is looked at is looked at, too.
 */
public final class KafkaLog implements Log {

    /** All topics, in the order in which their ends are looked at. */
    public static final List<String> TOPICS =
            List.of(Topics.CONTROL, Topics.COMMANDS, Topics.COMMANDS_BULK, Topics.RESULTS, Topics.QUARANTINE);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final String FETCH_WAITS_AT_MOST_MILLIS = "10";
    private static final int ENOUGH_BUFFERED = 1000;

    private final Consumer<byte[], byte[]> consumer;
    private final Extent extent;

    private KafkaLog(Consumer<byte[], byte[]> consumer, Clock clock, Collection<String> topics) {
        this.consumer = consumer;
        this.extent = look(clock, topics);
    }

    /**
     * Connects, and looks where the topics end.
     *
     * @param settings a Kafka client's settings: {@code bootstrap.servers} and what the listener's security asks for;
     *     what the auditor depends on is set here and can't be overridden
     * @throws LogUnreadableException when the broker can't be reached or refuses
     */
    public static KafkaLog connect(Properties settings, Clock clock) {
        return connect(settings, clock, TOPICS);
    }

    /**
     * The same for some topics only.
     *
     * @throws LogUnreadableException as above
     */
    public static KafkaLog connect(Properties settings, Clock clock, Collection<String> topics) {
        var complete = new Properties();
        complete.putAll(settings);
        complete.remove(ConsumerConfig.GROUP_ID_CONFIG);
        complete.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        complete.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        complete.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        complete.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        complete.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        complete.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // Nothing beyond the known ends is waited for; a fetch that waits there would hold up the next partition's.
        complete.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAITS_AT_MOST_MILLIS);
        complete.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        complete.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "mandate-audit");
        complete.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
        Consumer<byte[], byte[]> consumer;
        try {
            consumer = new KafkaConsumer<>(complete);
        } catch (KafkaException e) {
            throw new LogUnreadableException("Kafka's settings can't be used: " + rootMessage(e), e);
        }
        try {
            return new KafkaLog(consumer, clock, topics);
        } catch (KafkaException | LogUnreadableException e) {
            consumer.close();
            throw e instanceof KafkaException kafka ? unreadable(kafka) : e;
        }
    }

    @Override
    public Extent extent() {
        return extent;
    }

    @Override
    public void read(Reader reader) {
        var groups = extent.ranges().stream()
                .collect(Collectors.groupingBy(Extent.Range::partition, TreeMap::new, Collectors.toList()));
        try {
            groups.values().forEach(ranges -> readGroup(ranges, reader));
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private Extent look(Clock clock, Collection<String> topics) {
        var ranges = new ArrayList<Extent.Range>();
        for (String topic : topics) {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new LogUnreadableException(
                        "There is no topic " + topic + ", or these credentials may not see it.", null);
            }
            List<TopicPartition> partitions = found.stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .sorted(Comparator.comparingInt(TopicPartition::partition))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
            partitions.forEach(partition -> ranges.add(new Extent.Range(
                    topic,
                    partition.partition(),
                    starts.getOrDefault(partition, 0L),
                    ends.getOrDefault(partition, 0L))));
        }
        return new Extent(clock.instant(), ranges);
    }

    /** Merges the partitions of one number by time of appending. */
    private void readGroup(List<Extent.Range> ranges, Reader reader) {
        var open = new HashMap<TopicPartition, Long>();
        var buffers = new HashMap<TopicPartition, ArrayDeque<ConsumerRecord<byte[], byte[]>>>();
        for (Extent.Range range : ranges) {
            if (!range.isEmpty()) {
                var partition = new TopicPartition(range.topic(), range.partition());
                open.put(partition, range.to());
                buffers.put(partition, new ArrayDeque<>());
            }
        }
        consumer.assign(open.keySet());
        ranges.stream()
                .filter(range -> !range.isEmpty())
                .forEach(range -> consumer.seek(new TopicPartition(range.topic(), range.partition()), range.from()));
        var waited = Duration.ZERO;
        while (true) {
            while (!open.isEmpty() && open.keySet().stream().anyMatch(partition -> isEmpty(buffers, partition))) {
                waited = fill(open, buffers) ? Duration.ZERO : waited.plus(POLL);
                if (waited.compareTo(PATIENCE) > 0) {
                    throw new LogUnreadableException(
                            "The broker has handed out nothing for " + PATIENCE.toSeconds() + " s; it was expected in "
                                    + open.keySet() + ".",
                            null);
                }
            }
            var next = buffers.values().stream()
                    .filter(buffer -> !buffer.isEmpty())
                    .min(Comparator.comparingLong(buffer -> buffer.element().timestamp()));
            if (next.isEmpty()) {
                return;
            }
            hand(next.get().remove(), reader);
        }
    }

    private static boolean isEmpty(
            Map<TopicPartition, ArrayDeque<ConsumerRecord<byte[], byte[]>>> buffers, TopicPartition partition) {
        var buffer = buffers.get(partition);
        return buffer == null || buffer.isEmpty();
    }

    /** Polls once for the partitions that are short of records; false when nothing moved. */
    private boolean fill(
            Map<TopicPartition, Long> open, Map<TopicPartition, ArrayDeque<ConsumerRecord<byte[], byte[]>>> buffers) {
        List<TopicPartition> full = buffers.entrySet().stream()
                .filter(entry ->
                        !open.containsKey(entry.getKey()) || entry.getValue().size() >= ENOUGH_BUFFERED)
                .map(Map.Entry::getKey)
                .toList();
        consumer.resume(buffers.keySet());
        consumer.pause(full);
        boolean moved = false;
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
            var partition = new TopicPartition(found.topic(), found.partition());
            var buffer = buffers.get(partition);
            Long end = open.get(partition);
            if (buffer != null && end != null && found.offset() < end) {
                buffer.add(found);
                moved = true;
            }
        }
        // The position also passes what is no record: markers of transactions, and what was aborted.
        return open.entrySet().removeIf(entry -> consumer.position(entry.getKey()) >= entry.getValue()) || moved;
    }

    private static void hand(ConsumerRecord<byte[], byte[]> found, Reader reader) {
        var position = new LogRecord.Position(found.topic(), found.partition(), found.offset());
        if (found.timestampType() != TimestampType.LOG_APPEND_TIME) {
            reader.suspect(position.toString(), "Its time is its producer's, not the broker's time of appending");
        }
        reader.record(new LogRecord(
                position,
                Instant.ofEpochMilli(found.timestamp()),
                found.key(),
                found.value(),
                Arrays.stream(found.headers().toArray())
                        .map(header -> new LogRecord.Header(header.key(), header.value()))
                        .toList()));
    }

    private static LogUnreadableException unreadable(KafkaException e) {
        String message = switch (e) {
            case AuthenticationException wrong -> "The broker refuses these credentials: " + wrong.getMessage();
            case AuthorizationException forbidden ->
                "These credentials may not read what an auditor has to: " + forbidden.getMessage();
            case TimeoutException late -> "The broker can't be reached, or does not answer: " + late.getMessage();
            default -> "The topics can't be read: " + rootMessage(e);
        };
        return new LogUnreadableException(message, e);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
