package dev.mandate.bench.signed;

import dev.mandate.bench.peer.KafkaClients;
import dev.mandate.bench.peer.Order;
import dev.mandate.bench.peer.PeerSettings;
import dev.mandate.bench.peer.Upstream;
import dev.mandate.bench.stage.Records;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

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
        try (var consumer = KafkaClients.consumer(settings, GROUP);
                var producer = KafkaClients.producer(settings)) {
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
        var own = Records.of(record);
        return new ProducerRecord<>(settings.results(), own.partition(), own.key(), own.value(), own.headers());
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
}
