package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.journal.JournalStatement;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.topic.EventHeaders;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.RecordChecks;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back what the journal says of partitions that this worker has just been given. Committed offsets first: they
 * are stable only when no earlier owner has a transaction open that holds some. Then the journal, to the last record
 * that there is and not just to the last stable one: a transaction that somebody else has left open must not hide what
 * was committed behind it.
 *
 * <p>What the journal says of records that are settled is not verified, and not even parsed: only which commands they
 * are about is kept, by a header, and where to read more, as long as another record of such a command can come. Of a
 * day's journal that is nearly all.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final ConsumerRecords<byte[], byte[]> NOTHING = ConsumerRecords.empty();

    /** Where no offset is committed, or is any more, all commands are read again. */
    private static final long FROM_THE_BEGINNING = 0;

    private final KafkaClients clients;
    private final Unsettled unsettled;
    private final JournalReader journal;
    private final Duration reach;
    private final Clock clock;

    /**
     * What was read back of one partition number.
     *
     * @param index what the journal says
     * @param offsets from where to read on, by topic
     * @param partitions how many partitions the topics of commands have
     */
    record Recovered(JournalIndex index, Map<String, Long> offsets, int partitions) {}

    private record Span(long start, long end) {}

    /** @param reach how far back the journal is read at least: the longest that a command may live */
    Recovery(KafkaClients clients, Unsettled unsettled, JournalReader journal, Duration reach, Clock clock) {
        this.clients = clients;
        this.unsettled = unsettled;
        this.journal = journal;
        this.reach = reach.plus(RecordChecks.LATENESS).plus(RecordChecks.SKEW);
        this.clock = clock;
    }

    /** Reads back these partition numbers. */
    Map<Integer, Recovered> read(Collection<Integer> numbers) {
        try (Consumer<byte[], byte[]> reader = clients.reader("recovery")) {
            Map<Integer, Instant> oldest = new HashMap<>();
            Map<Integer, Recovered> result = begin(reader, numbers, oldest);
            Map<Integer, Instant> settledBefore = settledBefore(result);
            Map<TopicPartition, Span> spans = spans(since(numbers, oldest, settledBefore));
            reader.assign(spans.keySet());
            spans.forEach((partition, span) -> reader.seek(partition, span.start()));
            Map<TopicPartition, Span> behind = new HashMap<>(spans);
            while (!behind.isEmpty()) {
                behind.entrySet()
                        .removeIf(one ->
                                reader.position(one.getKey()) >= one.getValue().end());
                for (ConsumerRecord<byte[], byte[]> record : behind.isEmpty() ? NOTHING : reader.poll(POLL)) {
                    Recovered recovered = result.get(record.partition());
                    if (recovered != null) {
                        Instant before = settledBefore.getOrDefault(record.partition(), Instant.EPOCH);
                        if (!hear(recovered.index(), record, before)) {
                            read(recovered, record);
                        }
                    }
                }
            }
            return result;
        }
    }

    /** How far back to read: what is not settled may repeat whatever ended within the reach before it. */
    private Map<TopicPartition, Long> since(
            Collection<Integer> numbers, Map<Integer, Instant> oldest, Map<Integer, Instant> settledBefore) {
        Instant now = clock.instant();
        Map<TopicPartition, Long> since = new HashMap<>();
        for (int number : numbers) {
            Instant first = Stream.of(now, oldest.getOrDefault(number, now), settledBefore.getOrDefault(number, now))
                    .min(Comparator.naturalOrder())
                    .orElse(now);
            since.put(
                    new TopicPartition(Topics.RESULTS, number),
                    Math.max(FROM_THE_BEGINNING, first.minus(reach).toEpochMilli()));
        }
        return since;
    }

    /** What there is of the journal since these times, whoever has a transaction open. */
    private Map<TopicPartition, Span> spans(Map<TopicPartition, Long> since) {
        try (Consumer<byte[], byte[]> reader = clients.readerOfAll("recovery-span")) {
            Map<TopicPartition, Long> ends = reader.endOffsets(since.keySet());
            Map<TopicPartition, OffsetAndTimestamp> starts = reader.offsetsForTimes(since);
            Map<TopicPartition, Span> spans = new HashMap<>();
            ends.forEach((partition, end) -> {
                OffsetAndTimestamp start = starts.get(partition);
                spans.put(partition, new Span(start == null ? end : start.offset(), end));
            });
            return spans;
        }
    }

    /** From where commands are to be read on, and when the oldest was appended that is known not to be settled. */
    private static Map<Integer, Recovered> begin(
            Consumer<byte[], byte[]> reader, Collection<Integer> numbers, Map<Integer, Instant> oldest) {
        int count = reader.partitionsFor(Topics.COMMANDS).size();
        Set<TopicPartition> partitions = new HashSet<>();
        for (int number : numbers) {
            Topics.COMMAND_TOPICS.forEach(topic -> partitions.add(new TopicPartition(topic, number)));
        }
        Map<TopicPartition, OffsetAndMetadata> committed = reader.committed(partitions);
        Map<TopicPartition, Long> beginnings = reader.beginningOffsets(partitions);
        Map<Integer, Recovered> result = new HashMap<>();
        for (TopicPartition partition : partitions) {
            int number = partition.partition();
            OffsetAndMetadata offset = committed.get(partition);
            long beginning = beginnings.getOrDefault(partition, 0L);
            result.computeIfAbsent(number, one -> new Recovered(new JournalIndex(), new HashMap<>(), count))
                    .offsets()
                    .put(partition.topic(), offset == null ? beginning : Math.max(beginning, offset.offset()));
            Instant since = offset == null ? Instant.EPOCH : unsettledSince(offset);
            oldest.merge(number, since, (one, other) -> one.isBefore(other) ? one : other);
        }
        return result;
    }

    /** Before when whatever was appended to the journal speaks of settled records only. */
    private Map<Integer, Instant> settledBefore(Map<Integer, Recovered> recovered) {
        Map<TopicPartition, Long> next = new HashMap<>();
        recovered.forEach((number, one) ->
                one.offsets().forEach((topic, offset) -> next.put(new TopicPartition(topic, number), offset)));
        return unsettled.since(next);
    }

    /** Hears of a record, if that is enough, and says whether it was. */
    private static boolean hear(JournalIndex index, ConsumerRecord<byte[], byte[]> record, Instant settledBefore) {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        if (!at.isBefore(settledBefore)) {
            return false;
        }
        Optional<CommandId> id = header(record, EventHeaders.SUBJECT).flatMap(Recovery::commandId);
        Optional<String> type = header(record, EventHeaders.TYPE);
        if (id.isEmpty() || type.isEmpty()) {
            return false;
        }
        if (!type.get().equals(JournalStatement.REPEAT)) {
            var position = new LogRecord.Position(record.topic(), record.partition(), record.offset());
            index.heard(id.get(), position, at, settledBefore);
        }
        return true;
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private static Optional<CommandId> commandId(String text) {
        try {
            return Optional.of(new CommandId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Instant unsettledSince(OffsetAndMetadata offset) {
        try {
            return offset.metadata().isEmpty() ? Instant.MAX : Instant.parse(offset.metadata());
        } catch (DateTimeException e) {
            // Somebody has set it by hand; then the usual reach must do.
            return Instant.MAX;
        }
    }

    private void read(Recovered recovered, ConsumerRecord<byte[], byte[]> record) {
        LogRecord found = Records.read(record);
        try {
            recovered.index().read(journal.read(found), recovered.offsets());
        } catch (RejectedException e) {
            distrust(recovered.index(), found, e.code().code());
        } catch (RuntimeException e) {
            distrust(recovered.index(), found, RejectionCode.CLAIMS_MALFORMED.code());
        }
    }

    /**
     * Whoever can write to the journal must neither stop a worker nor speak for it. But it may be our own record under
     * a key that is not known here, so the command that it names counts as one that may have been done, and as one
     * whose call may be on its way.
     */
    private static void distrust(JournalIndex index, LogRecord found, String code) {
        LOG.atError()
                .addKeyValue("position", found.position())
                .addKeyValue("errorCode", code)
                .log("Journal record not trusted");
        for (LogRecord.Header header : found.headers()) {
            byte[] value = header.value();
            if (header.name().equals(EventHeaders.SUBJECT) && value != null) {
                commandId(new String(value, StandardCharsets.UTF_8)).ifPresent(id -> {
                    index.distrust(id, found.appendedAt());
                    byte[] key = found.key();
                    if (key != null) {
                        index.begun(new String(key, StandardCharsets.UTF_8), id, found.appendedAt());
                    }
                });
            }
        }
    }
}
