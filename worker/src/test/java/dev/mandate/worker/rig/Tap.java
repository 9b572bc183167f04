package dev.mandate.worker.rig;

import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.QuarantineHeaders;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the journal and the quarantine from where they end now, as an auditor would: committed records only. */
public final class Tap implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JournalReader reader;
    private final List<ReceivedStatement> statements = new CopyOnWriteArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> quarantined = new CopyOnWriteArrayList<>();
    private final List<RejectedException> mistrusted = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    Tap(Rig rig) {
        reader = new JournalReader(new Verifier(rig.keys().keyRing()), Rig.ENVIRONMENT);
        var consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        Rig.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < Rig.PARTITIONS; i++) {
            partitions.add(new TopicPartition(Topics.RESULTS, i));
            partitions.add(new TopicPartition(Topics.QUARANTINE, i));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().daemon().start(() -> {
            try (consumer) {
                while (!closed) {
                    consumer.poll(Duration.ofMillis(50)).forEach(this::take);
                }
            }
        });
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topics.QUARANTINE)) {
            quarantined.add(record);
            return;
        }
        List<LogRecord.Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new LogRecord.Header(header.key(), header.value())));
        try {
            statements.add(reader.read(new LogRecord(
                    new LogRecord.Position(record.topic(), record.partition(), record.offset()),
                    Instant.ofEpochMilli(record.timestamp()),
                    record.key(),
                    record.value(),
                    headers)));
        } catch (RejectedException e) {
            mistrusted.add(e);
        }
    }

    public List<JournalEvent> events(CommandId id) {
        return statements(id).stream().map(one -> one.statement().event()).toList();
    }

    /** What the journal says of a command, with when that was appended. */
    public List<ReceivedStatement> statements(CommandId id) {
        return statements.stream()
                .filter(one -> one.statement().event().command().id().equals(id))
                .toList();
    }

    public List<Outcome> outcomes(CommandId id) {
        return of(id, Outcome.class);
    }

    public List<Started> starts(CommandId id) {
        return of(id, Started.class);
    }

    public List<Repeat> repeats(CommandId id) {
        return of(id, Repeat.class);
    }

    private <T> List<T> of(CommandId id, Class<T> type) {
        return events(id).stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Journal records that an auditor would not trust; there should never be any of our own. */
    public List<RejectedException> mistrusted() {
        return mistrusted;
    }

    /** Waits for the outcome of a command. */
    public Outcome outcome(Command command) {
        return outcome(command, PATIENCE);
    }

    public Outcome outcome(Command command, Duration patience) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(patience)
                .until(() -> !outcomes(command.id()).isEmpty());
        return outcomes(command.id()).getFirst();
    }

    /** Waits for a started event. */
    public Started started(Command command) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(() -> !starts(command.id()).isEmpty());
        return starts(command.id()).getFirst();
    }

    /** Waits for a record to appear in the quarantine, and gives the copy. */
    public ConsumerRecord<byte[], byte[]> quarantined(RecordMetadata sent) {
        String origin = sent.topic() + "/" + sent.partition() + "@" + sent.offset();
        await().pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(() -> quarantined.stream()
                        .anyMatch(record ->
                                header(record, QuarantineHeaders.ORIGIN).equals(origin)));
        return quarantined.stream()
                .filter(record -> header(record, QuarantineHeaders.ORIGIN).equals(origin))
                .findFirst()
                .orElseThrow();
    }

    /** Waits for a record to appear in the quarantine, and gives the reason's code. */
    public String reason(RecordMetadata sent) {
        return header(quarantined(sent), QuarantineHeaders.REASON);
    }

    public int quarantineSize() {
        return quarantined.size();
    }

    public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
