package dev.mandate.api.dispatch;

import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.springframework.kafka.core.ProducerFactory;

/** The broker, as far as the intake writes to it: to exactly the partition that was signed, acknowledged by all. */
final class Broker {

    private final ProducerFactory<byte[], byte[]> producers;
    private final Duration block;
    private final Duration atMost;

    /**
     * The broker behind these producers.
     *
     * @param block how long the producer may look for a partition's leader before it takes a record
     * @param atMost longer than the producer's own delivery timeout, so that a failure is the producer's last word
     */
    Broker(ProducerFactory<byte[], byte[]> producers, Duration block, Duration atMost) {
        this.producers = producers;
        this.block = block;
        this.atMost = atMost;
    }

    /** The longest that {@link #send} takes: what is acknowledged was appended within this time. */
    Duration longestSend() {
        return block.plus(atMost);
    }

    /**
     * The number of a topic's partitions.
     *
     * @throws NotAcknowledgedException when the broker can't be asked
     */
    int partitions(String topic) throws NotAcknowledgedException {
        // Made by the factory at the first use, so that a broker that is away does not keep the intake from starting;
        // shared, and closed with the factory.
        try {
            return producers.createProducer().partitionsFor(topic).size();
        } catch (KafkaException e) {
            throw new NotAcknowledgedException(e);
        }
    }

    /**
     * What the broker says of a record that it has taken.
     *
     * @param at when it was appended, if it says so
     */
    record Appended(LogRecord.Position position, Optional<Instant> at) {}

    /**
     * Sends a record and waits for the acknowledgement.
     *
     * @throws NotAcknowledgedException when none came: the record may be in the log all the same
     */
    Appended send(OutgoingRecord record) throws NotAcknowledgedException {
        try {
            return appended(
                    producers.createProducer().send(outgoing(record)).get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new NotAcknowledgedException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAcknowledgedException(e);
        }
    }

    /**
     * Sends a record without waiting for the acknowledgement, unless the producer has no room.
     *
     * @return what became of it; or {@link NotAcknowledgedException}, as above. Completed by the producer's own thread,
     *     which must not be held up
     */
    CompletableFuture<Appended> sendOnly(OutgoingRecord record) {
        var appended = new CompletableFuture<Appended>();
        try {
            producers.createProducer().send(outgoing(record), (metadata, failure) -> {
                if (failure == null) {
                    appended.complete(appended(metadata));
                } else {
                    appended.completeExceptionally(new NotAcknowledgedException(failure));
                }
            });
        } catch (KafkaException e) {
            appended.completeExceptionally(new NotAcknowledgedException(e));
        }
        return appended;
    }

    private static ProducerRecord<byte[], byte[]> outgoing(OutgoingRecord record) {
        return new ProducerRecord<>(
                record.bind().topic(),
                record.bind().partition(),
                null,
                record.bind().key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                headers(record.headers()));
    }

    private static Appended appended(RecordMetadata metadata) {
        return new Appended(
                new LogRecord.Position(metadata.topic(), metadata.partition(), metadata.offset()),
                metadata.hasTimestamp() ? Optional.of(Instant.ofEpochMilli(metadata.timestamp())) : Optional.empty());
    }

    private static List<Header> headers(List<LogRecord.Header> headers) {
        return headers.stream()
                .<Header>map(header -> new RecordHeader(header.name(), header.value()))
                .toList();
    }
}
