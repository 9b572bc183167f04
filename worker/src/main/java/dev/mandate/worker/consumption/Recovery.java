package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back what the journal says of partitions that this worker has just been given. Committed offsets first: they
 * are stable only when no earlier owner has a transaction open that holds some. Then the journal, to the last record
 * that there is and not just to the last stable one: a transaction that somebody else has left open must not hide what
 * was committed behind it.
 *
 * <p>What was said so long ago that it matters only to commands that are signed anew under an idempotency key is left
 * for {@link History}, so that the others need not wait for it.
 *
 * <p>What the journal says of records that are settled is not verified, and not even parsed: only which commands they
 * are about is kept, by a header, and where to read more, as long as another record of such a command can come. Of a
 * day's journal that is nearly all.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private final KafkaClients clients;
    private final JournalSpans spans;
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
     * @param rest what was said before, of which nothing has been heard yet
     */
    record Recovered(JournalIndex index, Map<String, Long> offsets, int partitions, Span rest) {

        private Recovered leaving(Span more) {
            return new Recovered(index, offsets, partitions, more);
        }
    }

    /** @param reach how far back the journal is read at least: the longest that a command may live */
    Recovery(KafkaClients clients, Unsettled unsettled, JournalReader journal, Duration reach, Clock clock) {
        this.clients = clients;
        this.spans = new JournalSpans(clients, clock);
        this.unsettled = unsettled;
        this.journal = journal;
        this.reach = reach.plus(RecordChecks.LATENESS).plus(RecordChecks.SKEW);
        this.clock = clock;
    }

    /** Reads back these partition numbers. */
    Map<Integer, Recovered> read(Collection<Integer> numbers) {
        Map<Integer, Instant> oldest = new HashMap<>();
        Map<Integer, Recovered> result = begin(numbers, oldest);
        Map<Integer, Instant> settledBefore = settledBefore(result);
        Map<Integer, Instant> unsettledSince = earliest(numbers, oldest, settledBefore);
        Map<Integer, Span> recent = spans.since(unsettledSince, JournalIndex.REPLAYABLE);
        Map<Integer, Span> all = spans.since(unsettledSince, reach);
        spans.read("recovery", recent, () -> false, record -> {
            Recovered recovered = Objects.requireNonNull(result.get(record.partition()), "of what was asked for");
            if (!hear(recovered.index(), record, settledBefore.getOrDefault(record.partition(), Instant.EPOCH))) {
                read(recovered, record);
            }
        });
        result.replaceAll((number, one) -> one.leaving(new Span(
                all.getOrDefault(number, Span.NOTHING).start(),
                recent.getOrDefault(number, Span.NOTHING).start())));
        return result;
    }

    /**
     * Hears what was said in an earlier part of the journal, of commands that may be signed anew.
     *
     * @param unwanted whether to leave off
     * @throws org.apache.kafka.common.KafkaException when the broker does not give it
     */
    Hearsay hear(int number, Span span, BooleanSupplier unwanted) {
        var hearsay = new Hearsay();
        spans.read(
                "history",
                Map.of(number, span),
                unwanted,
                record -> Mention.in(record)
                        .filter(mention -> !mention.isRepeat() && JournalIndex.isDerived(mention.command()))
                        .ifPresent(hearsay::add));
        return hearsay;
    }

    /** Since when something is not settled, as far as is known; until now, if everything is. */
    private Map<Integer, Instant> earliest(
            Collection<Integer> numbers, Map<Integer, Instant> oldest, Map<Integer, Instant> settledBefore) {
        Instant now = clock.instant();
        Map<Integer, Instant> earliest = new HashMap<>();
        for (int number : numbers) {
            earliest.put(
                    number,
                    Stream.of(now, oldest.getOrDefault(number, now), settledBefore.getOrDefault(number, now))
                            .min(Comparator.naturalOrder())
                            .orElse(now));
        }
        return earliest;
    }

    /** From where commands are to be read on, and when the oldest was appended that is known not to be settled. */
    private Map<Integer, Recovered> begin(Collection<Integer> numbers, Map<Integer, Instant> oldest) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (int number : numbers) {
            Topics.COMMAND_TOPICS.forEach(topic -> partitions.add(new TopicPartition(topic, number)));
        }
        Map<Integer, Recovered> result = new HashMap<>();
        try (Consumer<byte[], byte[]> reader = clients.reader("recovery-offsets")) {
            int count = reader.partitionsFor(Topics.COMMANDS).size();
            Map<TopicPartition, OffsetAndMetadata> committed = reader.committed(partitions);
            Map<TopicPartition, Long> beginnings = reader.beginningOffsets(partitions);
            for (TopicPartition partition : partitions) {
                int number = partition.partition();
                OffsetAndMetadata offset = committed.get(partition);
                long beginning = beginnings.getOrDefault(partition, 0L);
                result.computeIfAbsent(
                                number, one -> new Recovered(new JournalIndex(), new HashMap<>(), count, Span.NOTHING))
                        .offsets()
                        .put(partition.topic(), offset == null ? beginning : Math.max(beginning, offset.offset()));
                // Where no offset is committed, or is any more, all commands are read again.
                Instant since = offset == null ? Instant.EPOCH : unsettledSince(offset);
                oldest.merge(number, since, (one, other) -> one.isBefore(other) ? one : other);
            }
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
        Optional<Mention> mention = Mention.in(record).filter(one -> one.at().isBefore(settledBefore));
        mention.filter(one -> !one.isRepeat()).ifPresent(one -> index.heard(one, settledBefore));
        return mention.isPresent();
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
        try {
            recovered.index().read(journal.read(Records.read(record)), recovered.offsets());
        } catch (RejectedException e) {
            distrust(recovered.index(), record, e.code().code());
        } catch (RuntimeException e) {
            distrust(recovered.index(), record, RejectionCode.CLAIMS_MALFORMED.code());
        }
    }

    /**
     * Whoever can write to the journal must neither stop a worker nor speak for it. But it may be our own record under
     * a key that is not known here, so the command that it names counts as one that may have been done, and as one
     * whose call may be on its way.
     */
    private static void distrust(JournalIndex index, ConsumerRecord<byte[], byte[]> record, String code) {
        LogRecord found = Records.read(record);
        LOG.atError()
                .addKeyValue("position", found.position())
                .addKeyValue("errorCode", code)
                .log("Journal record not trusted");
        byte[] key = found.key();
        for (CommandId id : Mention.named(record)) {
            index.distrust(id, found.appendedAt());
            if (key != null) {
                index.begun(new String(key, StandardCharsets.UTF_8), id, found.appendedAt());
            }
        }
    }
}
