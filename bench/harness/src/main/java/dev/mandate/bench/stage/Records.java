package dev.mandate.bench.stage;

import dev.mandate.contracts.topic.OutgoingRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Signed records as Kafka's producer takes them. */
public final class Records {

    private Records() {}

    /** The record, bound for where its claims say. */
    public static ProducerRecord<byte[], byte[]> of(OutgoingRecord record) {
        return new ProducerRecord<>(
                record.bind().topic(),
                record.bind().partition(),
                record.bind().key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                record.headers().stream()
                        .<Header>map(header -> new RecordHeader(header.name(), header.value()))
                        .toList());
    }
}
