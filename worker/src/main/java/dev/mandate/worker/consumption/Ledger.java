package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be appended, and the transactions that append it: journal records and quarantined ones together with the
 * offsets of every partition that they belong to, so that a worker that has lost its place can append nothing.
 */
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int MAX_ENTRIES = 500;
    private static final int COMMIT_TRIES = 5;

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final List<Entry> pending = new ArrayList<>();
    private @Nullable Producer<byte[], byte[]> producer;

    /** How a transaction ended. */
    enum Result {
        /** There was nothing to say. */
        NOTHING,
        /** It is in the log. */
        COMMITTED,
        /** It was refused; what it held is still pending. */
        REFUSED,
        /** Nobody knows; the journal must be read back. */
        UNKNOWN
    }

    /**
     * Something to append.
     *
     * @param home the partition that it belongs to
     * @param record makes the record, anew for each try
     * @param settles the record that needs nothing more once this is committed
     * @param committed what happens then
     */
    record Entry(
            OwnedPartition home,
            Supplier<ProducerRecord<byte[], byte[]>> record,
            LogRecord.@Nullable Position settles,
            Runnable committed) {}

    /** @param producers makes a transactional producer, always under this instance's name */
    Ledger(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    void add(Entry entry) {
        pending.add(entry);
    }

    /** Drops what belongs to partitions that are gone. */
    void dropGone() {
        pending.removeIf(entry -> entry.home().isGone());
    }

    /** Drops what would begin something in a partition that is about to be given back. */
    void dropStarts(OwnedPartition home) {
        pending.removeIf(entry -> entry.home() == home && entry.settles() == null);
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /**
     * Makes the producer, unless there is one; an earlier run of this instance can append nothing from here on.
     *
     * @throws KafkaException when the broker can't be reached
     */
    void open() {
        if (producer != null) {
            return;
        }
        Producer<byte[], byte[]> fresh = producers.get();
        try {
            fresh.initTransactions();
        } catch (KafkaException e) {
            fresh.close(Duration.ZERO);
            throw e;
        }
        producer = fresh;
    }

    void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
            producer = null;
        }
    }

    /**
     * Appends what is pending, and the progress of these partitions.
     *
     * @throws KafkaException when this worker can't go on: it is fenced, or not allowed
     */
    Result commit(Collection<OwnedPartition> owned, ConsumerGroupMetadata member) {
        dropGone();
        List<Entry> batch = List.copyOf(pending.subList(0, Math.min(MAX_ENTRIES, pending.size())));
        Set<OwnedPartition> homes = new LinkedHashSet<>();
        batch.forEach(entry -> homes.add(entry.home()));
        owned.stream().filter(OwnedPartition::hasProgress).forEach(homes::add);
        if (homes.isEmpty()) {
            return Result.NOTHING;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets(batch, homes);
        Result result = append(batch, offsets, member);
        if (result == Result.COMMITTED) {
            pending.subList(0, batch.size()).clear();
            homes.forEach(home -> offsets.forEach((partition, offset) -> {
                if (partition.partition() == home.number()) {
                    home.committed(partition, offset.offset());
                }
            }));
            for (Entry entry : batch) {
                LogRecord.Position settled = entry.settles();
                if (settled != null) {
                    entry.home().settled(settled);
                }
                entry.committed().run();
            }
        }
        return result;
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(List<Entry> batch, Set<OwnedPartition> homes) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (OwnedPartition home : homes) {
            Set<LogRecord.Position> settling = new HashSet<>();
            for (Entry entry : batch) {
                LogRecord.Position settled = entry.settles();
                if (entry.home() == home && settled != null) {
                    settling.add(settled);
                }
            }
            home.offsets(settling)
                    .forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        }
        return offsets;
    }

    private Result append(
            List<Entry> batch, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata member) {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            return Result.REFUSED;
        }
        boolean committing = false;
        try {
            open.beginTransaction();
            for (Entry entry : batch) {
                // What became of it, the commit says.
                var _ = open.send(entry.record().get());
            }
            open.sendOffsetsToTransaction(offsets, member);
            committing = true;
            return commit(open);
        } catch (ProducerFencedException | AuthorizationException | AuthenticationException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("records", batch.size())
                    .addKeyValue("reason", e.getClass().getSimpleName())
                    .log("Transaction refused");
            if (committing && e instanceof TimeoutException) {
                renew();
                return Result.UNKNOWN;
            }
            abort(open);
            return Result.REFUSED;
        }
    }

    /** A commit that timed out may be asked for again: the broker remembers what became of it. */
    private static Result commit(Producer<byte[], byte[]> open) {
        for (int i = 1; ; i++) {
            try {
                open.commitTransaction();
                return Result.COMMITTED;
            } catch (TimeoutException e) {
                if (i == COMMIT_TRIES) {
                    throw e;
                }
            }
        }
    }

    private void abort(Producer<byte[], byte[]> open) {
        try {
            open.abortTransaction();
        } catch (ProducerFencedException e) {
            // Another process runs under this name. A new producer would fence that one, and so on, back and forth.
            throw e;
        } catch (KafkaException e) {
            renew();
        }
    }

    /** A producer that can't be told what to do any more is replaced; the new one ends whatever the old one left. */
    private void renew() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
