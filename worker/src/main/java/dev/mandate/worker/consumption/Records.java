package dev.mandate.worker.consumption;

import dev.mandate.contracts.quarantine.QuarantineWriter;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Between Kafka's records and those of the contracts. */
final class Records {

    /** Below the broker's usual limit of 1 MiB, headers and framing aside. */
    static final int MAX_VALUE = 1_000_000;

    private Records() {}

    static LogRecord read(ConsumerRecord<byte[], byte[]> record) {
        List<LogRecord.Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new LogRecord.Header(header.key(), header.value())));
        return new LogRecord(
                new LogRecord.Position(record.topic(), record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value(),
                headers);
    }

    static ProducerRecord<byte[], byte[]> write(OutgoingRecord record) {
        return new ProducerRecord<>(
                record.bind().topic(),
                record.bind().partition(),
                record.bind().key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                headers(record.headers()));
    }

    /** A copy in the quarantine's partition of the same number as the original's. */
    static ProducerRecord<byte[], byte[]> write(QuarantineWriter.Copy copy, int partition) {
        return new ProducerRecord<>(Topics.QUARANTINE, partition, copy.key(), copy.value(), headers(copy.headers()));
    }

    private static List<Header> headers(List<LogRecord.Header> headers) {
        return headers.stream()
                .<Header>map(header -> new RecordHeader(header.name(), header.value()))
                .toList();
    }
}
