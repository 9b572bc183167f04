package dev.mandate.bench.signed;

import dev.mandate.bench.peer.Order;
import dev.mandate.bench.peer.PeerSettings;
import dev.mandate.bench.peer.Upstream;
import dev.mandate.bench.stage.SettledCommands;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.JournalWriter;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.KeySigner;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.sandbox.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The raw loop with Mandate's signatures: it verifies each command, and signs that it was started and what came of it.
 * It asks nobody whether the command may be executed, opens and seals nothing, and would do a command again after a
 * crash. What Mandate takes beyond it is the price of everything else.
 */
public final class SignedLoopMain {

    private static final String GROUP = "bench-signed";

    private final PeerSettings settings = PeerSettings.read();
    private final Upstream upstream = new Upstream(settings);
    private final CommandReader reader;
    private final SettledCommands settled;

    private SignedLoopMain() {
        var clock = Clock.systemUTC();
        reader = new CommandReader(new Verifier(new KeyRing(Path.of(settings.get("ring")), clock)), Names.ENVIRONMENT);
        settled = new SettledCommands(
                new JournalWriter(new KeySigner(Path.of(settings.get("signing")), clock)),
                settings.get("issuer"),
                settings.get("answer"));
    }

    /**
     * Runs until the process is ended.
     *
     * @throws RejectedException when a command is not signed as it should be
     */
    public static void main(String[] arguments) throws IOException, RejectedException {
        new SignedLoopMain().run();
    }

    private void run() throws IOException, RejectedException {
        try (var consumer = consumer();
                var producer = producer()) {
            var partitions = IntStream.range(0, Integer.parseInt(settings.get("partitions")))
                    .mapToObj(partition -> new TopicPartition(settings.orders(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            Files.createFile(Path.of("ready"));
            while (!Thread.currentThread().isInterrupted()) {
                var records = consumer.poll(Duration.ofMillis(100));
                for (var record : records) {
                    execute(reader.read(found(record)), producer);
                }
                if (!records.isEmpty()) {
                    producer.flush();
                    consumer.commitSync();
                }
            }
        }
    }

    private void execute(ReceivedCommand received, KafkaProducer<byte[], byte[]> producer) {
        var command = received.command();
        var arguments = command.context().arguments();
        var journal = settled.journal(command, received.reference());
        var _ = producer.send(record(journal.getFirst()));
        upstream.execute(new Order(
                command.id().value(),
                arguments.path("id").asString(),
                arguments.path("body").toString()));
        var _ = producer.send(record(journal.getLast()));
    }

    /** The claims name the journal's own topic; here it is kept in another. */
    private ProducerRecord<byte[], byte[]> record(OutgoingRecord record) {
        return new ProducerRecord<>(
                settings.results(),
                record.bind().partition(),
                record.bind().key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                record.headers().stream()
                        .<Header>map(header -> new RecordHeader(header.name(), header.value()))
                        .toList());
    }

    private static LogRecord found(ConsumerRecord<byte[], byte[]> record) {
        List<LogRecord.Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new LogRecord.Header(header.key(), header.value())));
        return new LogRecord(
                new LogRecord.Position(record.topic(), record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value(),
                headers);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                settings.kafka(
                        Map.of(ConsumerConfig.GROUP_ID_CONFIG, GROUP, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                settings.kafka(Map.of(ProducerConfig.ACKS_CONFIG, "all")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
