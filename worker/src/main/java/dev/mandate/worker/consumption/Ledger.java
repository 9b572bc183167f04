package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.LogRecord;
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
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * What is to be appended, and the transactions that append it: journal records and quarantined ones together with the
 * offsets of every partition that they belong to, so that a worker that has lost its place can append nothing.
 */
class Ledger {

    private static final int MAX_ENTRIES = 500;

    private final Appender appender;
    private final List<Entry> pending = new ArrayList<>();
    private int most = MAX_ENTRIES;

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
     * @param announced the job whose attempt this announces, if it does
     * @param record makes the record, anew for each try
     * @param settles the record that needs nothing more once this is committed
     * @param committed what happens then
     */
    record Entry(
            OwnedPartition home,
            @Nullable Job announced,
            Supplier<ProducerRecord<byte[], byte[]>> record,
            LogRecord.@Nullable Position settles,
            Runnable committed) {

        /** What announces nothing. */
        Entry(
                OwnedPartition home,
                Supplier<ProducerRecord<byte[], byte[]>> record,
                LogRecord.@Nullable Position settles,
                Runnable committed) {
            this(home, null, record, settles, committed);
        }

        private boolean beginsSomething() {
            return announced != null && announced.stage() == Job.Stage.STARTING;
        }
    }

    Ledger(Appender appender) {
        this.appender = appender;
    }

    void add(Entry entry) {
        pending.add(entry);
    }

    /** Drops what belongs to partitions that are gone. */
    void dropGone() {
        pending.removeIf(entry -> entry.home().isGone());
    }

    /**
     * Drops what would begin something in a partition that is about to be given back. What is announced of a job that
     * has its outcome already stays: the outcome follows it.
     */
    void dropStarts(OwnedPartition home) {
        pending.removeIf(entry -> entry.home() == home && entry.beginsSomething());
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** How many records there are to append. */
    int size() {
        return pending.size();
    }

    /**
     * Makes the producer, unless there is one; an earlier run of this instance can append nothing from here on.
     *
     * @throws KafkaException when the broker can't be reached
     */
    void open() {
        appender.open();
    }

    /** Whether there is a producer: earlier runs of this instance are fenced from then on. */
    boolean isOpen() {
        return appender.isOpen();
    }

    void close() {
        appender.close();
    }

    /** The same as {@link #commit}, where there may be no producer; a broker that can't be reached has refused. */
    Result commitNow(Collection<OwnedPartition> owned, ConsumerGroupMetadata member) {
        try {
            open();
        } catch (ProducerFencedException | AuthorizationException | AuthenticationException e) {
            throw e;
        } catch (KafkaException e) {
            return Result.REFUSED;
        }
        return commit(owned, member);
    }

    /**
     * Appends what is pending, and the progress of these partitions. After a refusal half as much is tried, since it
     * may have been too much for the time that a transaction has; and more again with each that succeeds.
     *
     * @throws KafkaException when this worker can't go on: it is fenced, or not allowed
     */
    Result commit(Collection<OwnedPartition> owned, ConsumerGroupMetadata member) {
        dropGone();
        List<Entry> batch = List.copyOf(pending.subList(0, Math.min(most, pending.size())));
        Set<OwnedPartition> homes = new LinkedHashSet<>();
        batch.forEach(entry -> homes.add(entry.home()));
        owned.stream().filter(OwnedPartition::hasProgress).forEach(homes::add);
        if (homes.isEmpty()) {
            return Result.NOTHING;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets(batch, homes);
        Result result = appender.append(batch.stream().map(Entry::record).toList(), offsets, member);
        if (result == Result.REFUSED) {
            most = Math.max(1, batch.size() / 2);
        }
        if (result == Result.COMMITTED) {
            most = Math.min(MAX_ENTRIES, 2 * most);
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
            offsets.putAll(home.offsets(settling));
        }
        return offsets;
    }
}
