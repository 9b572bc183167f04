package dev.mandate.worker.consumption;

import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.RecordChecks;
import dev.mandate.worker.journal.UnpublishedKeyException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends records and offsets, all or none, under this instance's name. */
final class Appender {

    private static final Logger LOG = LoggerFactory.getLogger(Appender.class);
    private static final int COMMIT_TRIES = 5;

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Clock clock;
    private @Nullable Producer<byte[], byte[]> producer;
    private boolean closed;

    /** @param producers makes a transactional producer, always under this instance's name */
    Appender(Supplier<Producer<byte[], byte[]>> producers, Clock clock) {
        this.producers = producers;
        this.clock = clock;
    }

    /**
     * Makes the producer, unless there is one or it has been closed; an earlier run of this instance can append nothing
     * from here on.
     *
     * @throws KafkaException when the broker can't be reached
     */
    void open() {
        if (producer != null || closed) {
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

    boolean isOpen() {
        return producer != null;
    }

    /** Ends it for good: whoever is fenced must not fence its successor on its way out. */
    void close() {
        closed = true;
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
            producer = null;
        }
    }

    /**
     * One transaction.
     *
     * @param records make the records, which are signed when they are appended and not before
     * @throws KafkaException when this worker can't go on: it is fenced, or not allowed
     */
    Ledger.Result append(
            List<Supplier<ProducerRecord<byte[], byte[]>>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata member) {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            return Ledger.Result.REFUSED;
        }
        boolean committing = false;
        Instant begun = clock.instant();
        try {
            open.beginTransaction();
            Instant signedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(open.send(record.get())));
            open.sendOffsetsToTransaction(offsets, member);
            open.flush();
            requireTrustworthy(sent, signedAt);
            committing = true;
            return commit(open);
        } catch (ProducerFencedException | AuthorizationException | AuthenticationException e) {
            throw e;
        } catch (KafkaException | UnpublishedKeyException e) {
            requireNotFenced(e, begun);
            LOG.atWarn()
                    .addKeyValue("records", records.size())
                    .addKeyValue("reason", e.getClass().getSimpleName())
                    .log("Transaction refused");
            if (committing) {
                // It may have been committed all the same; only the journal knows.
                renew();
                return Ledger.Result.UNKNOWN;
            }
            abort(open, begun);
            return Ledger.Result.REFUSED;
        }
    }

    /**
     * An epoch grows old in two ways: another process runs under this name, or the broker has ended a transaction that
     * took too long. What has not taken long was the former, and a new producer here would fence that process.
     *
     * @throws ProducerFencedException if so
     */
    private void requireNotFenced(RuntimeException failure, Instant begun) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean fenced = cause instanceof ProducerFencedException
                    || (cause instanceof InvalidProducerEpochException
                            && clock.instant().isBefore(begun.plus(KafkaClients.TRANSACTION_TIMEOUT)));
            if (fenced) {
                throw new ProducerFencedException("Another process appends under this instance's name");
            }
        }
    }

    /** Makes sure that records arrived, and at a time at which readers will trust them. */
    private static void requireTrustworthy(List<Future<RecordMetadata>> sent, Instant signedAt) {
        for (Future<RecordMetadata> one : sent) {
            try {
                RecordMetadata appended = one.get();
                if (appended.hasTimestamp()) {
                    RecordChecks.requireFresh(signedAt, Instant.ofEpochMilli(appended.timestamp()));
                }
            } catch (RejectedException e) {
                LOG.atError().log("This machine's clock and the broker's are too far apart for anything to be trusted");
                throw new KafkaException("This machine's clock and the broker's are too far apart", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("Interrupted", e);
            }
        }
    }

    /** A commit that timed out may be asked for again: the broker remembers what became of it. */
    private static Ledger.Result commit(Producer<byte[], byte[]> open) {
        for (int i = 1; ; i++) {
            try {
                open.commitTransaction();
                return Ledger.Result.COMMITTED;
            } catch (TimeoutException e) {
                if (i == COMMIT_TRIES) {
                    throw e;
                }
            }
        }
    }

    private void abort(Producer<byte[], byte[]> open, Instant begun) {
        try {
            open.abortTransaction();
        } catch (KafkaException e) {
            requireNotFenced(e, begun);
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
