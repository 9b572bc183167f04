package dev.mandate.sandbox.attack;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandWriter;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.sealing.Sealer;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.KeyFiles;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.KeySigner;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.evidence.Evidence;
import dev.mandate.sandbox.keys.SandboxKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody who has stolen the API's Kafka password, and perhaps more. Starts from a genuine command, which gives him
 * the form of everything, and writes straight onto the topic.
 */
public final class Attacker implements AutoCloseable {

    private final Sandbox sandbox;
    private final Clock clock = Clock.systemUTC();
    private final KafkaProducer<byte[], byte[]> producer;

    /** Logs in to the broker as the API. */
    public Attacker(Sandbox sandbox) {
        this.sandbox = sandbox;
        var broker = sandbox.broker();
        producer = new KafkaProducer<>(
                broker.users().named("api").clientProperties(broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Signs a new command with a key of his own, under the name of the intake's key. */
    public LogRecord.Position forgeWithoutTheKey(Evidence.Found genuine, String body) {
        try {
            var directory = Files.createTempDirectory("attacker");
            try {
                var mine = KeyFiles.generate(directory, "intake", EnumSet.of(StatementType.COMMAND), clock.instant());
                var theirs = Files.readString(
                                SandboxKeys.signing(sandbox.intakeRole()).resolve("active"))
                        .strip();
                Files.move(directory.resolve(mine.kid() + ".pem"), directory.resolve(theirs + ".pem"));
                KeyFiles.activate(directory, theirs);
                return append(sign(directory, anew(genuine, body)));
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Signs a new command in somebody's name with the intake's own key. Of tokens he has only his own, and seals that,
     * as the API would.
     */
    public LogRecord.Position forgeWithTheKey(Evidence.Found genuine, String body, String ownToken) {
        var claims = anew(genuine, body);
        var hash = Hashes.tokenHash(ownToken);
        var sealer = new Sealer(new KeyRing(sandbox.keys().ring(), clock), "worker");
        var context = SealingContext.token(
                hash,
                claims.get("jti").stringValue(),
                Instant.ofEpochSecond(claims.get("iat").longValue()),
                genuine.command().command().bind());
        ((ObjectNode) claims.get("rctx"))
                .put("ath", hash)
                .put("token", sealer.seal(context, ownToken.getBytes(StandardCharsets.US_ASCII)));
        return append(sign(SandboxKeys.signing(sandbox.intakeRole()), claims));
    }

    /** Copies a genuine record, to the last byte, into another partition. */
    public LogRecord.Position copyElsewhere(Evidence.Found genuine) {
        var record = genuine.record();
        int partitions = producer.partitionsFor(record.position().topic()).size();
        int elsewhere = (record.position().partition() + 1) % partitions;
        return append(new ProducerRecord<>(
                record.position().topic(), elsewhere, record.key(), record.value(), headers(record.headers())));
    }

    /** Appends any bytes, under a genuine command's key and headers. */
    public LogRecord.Position append(Evidence.Found genuine, byte[] value) {
        var record = genuine.record();
        return append(new ProducerRecord<>(
                record.position().topic(),
                record.position().partition(),
                record.key(),
                value,
                headers(record.headers())));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    /** The claims of a genuine command, made into a new one: another id, signed now, with another body. */
    private ObjectNode anew(Evidence.Found genuine, String body) {
        var claims = StrictJson.parseObject(genuine.command().payload());
        var id = new CommandIds(clock, new SecureRandom()).next().value();
        long now = clock.instant().getEpochSecond();
        claims.put("jti", id).put("txn", id).put("iat", now).put("exp", now + 900);
        var asked = (ObjectNode) claims.get("tctx");
        asked.remove("idempotency_key");
        ((ObjectNode) asked.get("arguments")).set("body", StrictJson.parse(body.getBytes(StandardCharsets.UTF_8)));
        return claims;
    }

    private ProducerRecord<byte[], byte[]> sign(Path keys, ObjectNode claims) {
        var command = StrictJson.convert(claims, Command.class);
        OutgoingRecord record = new CommandWriter(new KeySigner(keys, clock)).write(command);
        return new ProducerRecord<>(
                record.bind().topic(),
                record.bind().partition(),
                record.bind().key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                headers(record.headers()));
    }

    private LogRecord.Position append(ProducerRecord<byte[], byte[]> record) {
        try {
            var appended = producer.send(record).get();
            return new LogRecord.Position(appended.topic(), appended.partition(), appended.offset());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refused the record", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<Header> headers(List<LogRecord.Header> headers) {
        return headers.stream()
                .<Header>map(header -> new RecordHeader(header.name(), header.value()))
                .toList();
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
