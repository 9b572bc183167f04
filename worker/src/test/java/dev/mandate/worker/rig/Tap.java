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
import dev.mandate.contracts.quarantine.QuarantineHeaders;
import dev.mandate.contracts.quarantine.QuarantineReader;
import dev.mandate.contracts.quarantine.ReceivedQuarantine;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final QuarantineReader quarantineReader;
    private final List<ReceivedStatement> statements = new CopyOnWriteArrayList<>();
    private final List<Quarantined> quarantined = new CopyOnWriteArrayList<>();
    private final List<RejectedException> mistrusted = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * A record in quarantine.
     *
     * @param copy as it is in the log
     * @param received as an auditor reads it
     */
    public record Quarantined(LogRecord copy, ReceivedQuarantine received) {

        public String reason() {
            return received.statement().reason();
        }

        /** The value of one of the original's headers. */
        public byte[] header(String name) {
            return copy.headers().stream()
                    .filter(header -> header.name().equals(QuarantineHeaders.ORIGINAL_PREFIX + name))
                    .findFirst()
                    .orElseThrow()
                    .value();
        }
    }

    Tap(Rig rig) {
        var verifier = new Verifier(rig.keys().keyRing());
        reader = new JournalReader(verifier, Rig.ENVIRONMENT);
        quarantineReader = new QuarantineReader(verifier, Rig.ENVIRONMENT);
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
        List<LogRecord.Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new LogRecord.Header(header.key(), header.value())));
        var found = new LogRecord(
                new LogRecord.Position(record.topic(), record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value(),
                headers);
        try {
            if (record.topic().equals(Topics.QUARANTINE)) {
                quarantined.add(new Quarantined(found, quarantineReader.read(found)));
            } else {
                statements.add(reader.read(found));
            }
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

    /** Records of ours that an auditor would not trust; there should never be any. */
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

    /** Waits for a record to appear in the quarantine. */
    public Quarantined quarantined(RecordMetadata sent) {
        var origin = new LogRecord.Position(sent.topic(), sent.partition(), sent.offset());
        return await().pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(
                        () -> quarantined.stream()
                                .filter(one ->
                                        one.received().statement().origin().equals(origin))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Waits for a record to appear in the quarantine, and gives the reason's code. */
    public String reason(RecordMetadata sent) {
        return quarantined(sent).reason();
    }

    public int quarantineSize() {
        return quarantined.size();
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
