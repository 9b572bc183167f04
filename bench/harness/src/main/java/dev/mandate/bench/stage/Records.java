package dev.mandate.bench.stage;

import dev.mandate.contracts.topic.OutgoingRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Signed records as Kafka's producer takes them. */
public final class Records {

    private Records() {}

    /** The record, bound for where its claims say. */
    public static ProducerRecord<byte[], byte[]> of(OutgoingRecord record) {
        return of(record, null);
    }

    /** The same, appended at this time as far as a topic believes that. */
    public static ProducerRecord<byte[], byte[]> of(OutgoingRecord record, @Nullable Instant at) {
        return new ProducerRecord<>(
                record.bind().topic(),
                record.bind().partition(),
                at == null ? null : at.toEpochMilli(),
                record.bind().key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                record.headers().stream()
                        .<Header>map(header -> new RecordHeader(header.name(), header.value()))
                        .toList());
    }
}
