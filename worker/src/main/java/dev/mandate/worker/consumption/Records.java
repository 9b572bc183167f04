package dev.mandate.worker.consumption;

import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.QuarantineHeaders;
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

    /** Beyond this the broker may refuse a copy; its hash then stands for the value. */
    private static final int MAX_QUARANTINED = 900_000;

    private static final int MAX_HEADERS = 64 * 1024;

    /** What a header takes up beside its name and value; without counting it, many empty ones would add up. */
    private static final int HEADER_OVERHEAD = QuarantineHeaders.ORIGINAL_PREFIX.length() + 12;

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
        List<Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new RecordHeader(header.name(), header.value())));
        return new ProducerRecord<>(
                record.bind().topic(),
                record.bind().partition(),
                record.bind().key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                headers);
    }

    /** An untrusted record as it goes to the quarantine: byte for byte, with reason and origin beside it. */
    static ProducerRecord<byte[], byte[]> quarantined(LogRecord found, RejectedException reason, String worker) {
        List<Header> headers = new ArrayList<>();
        headers.add(text(QuarantineHeaders.REASON, reason.code().code()));
        headers.add(text(QuarantineHeaders.DETAIL, String.valueOf(reason.getMessage())));
        headers.add(text(QuarantineHeaders.ORIGIN, found.position().toString()));
        headers.add(text(QuarantineHeaders.WORKER, worker));
        byte[] value = found.value();
        if (value != null) {
            headers.add(text(QuarantineHeaders.VALUE_HASH, Hashes.sha256(value)));
        }
        int size = 0;
        for (LogRecord.Header header : found.headers()) {
            byte[] content = header.value();
            size += HEADER_OVERHEAD
                    + header.name().getBytes(StandardCharsets.UTF_8).length
                    + (content == null ? 0 : content.length);
            if (size > MAX_HEADERS) {
                break;
            }
            headers.add(new RecordHeader(QuarantineHeaders.ORIGINAL_PREFIX + header.name(), content));
        }
        byte[] key = found.key();
        boolean fits = (value == null ? 0 : value.length) + (key == null ? 0 : key.length) + size <= MAX_QUARANTINED;
        return new ProducerRecord<>(
                Topics.QUARANTINE, found.position().partition(), fits ? key : null, fits ? value : null, headers);
    }

    private static Header text(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
