package dev.mandate.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.sandbox.People;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.attack.Attacker;
import dev.mandate.sandbox.demo.Stage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Commands are checked by software that is not ours, with the auditor's credentials and the published keys alone: what
 * it accepts holds the genuine command, and what it refuses is in quarantine.
 */
@ExtendWith(SharedSandbox.class)
class IndependentCheckIT {

    static final String WITHOUT_NODE = "without Node.js and npm, commands were checked with jose4j and Kafka's own"
            + " consumer only, not with a Kafka client and a JOSE library from another world";

    private static final String WITHOUT_REGISTRY = "npm can't reach its registry from here; " + WITHOUT_NODE;

    @TempDir
    Path directory;

    private final Sandbox sandbox;
    private final Stage stage;
    private final String user;
    private LogRecord.Position genuine;
    private LogRecord.Position forged;

    IndependentCheckIT(Sandbox sandbox, Stage stage) {
        this.sandbox = sandbox;
        this.stage = stage;
        this.user = new Targets(stage.tenant().users()).one();
    }

    static boolean nodeIsHere() {
        boolean here = NodeScript.canRun();
        if (!here) {
            LoggerFactory.getLogger(IndependentCheckIT.class).warn(WITHOUT_NODE);
        }
        return here;
    }

    @BeforeEach
    void a_genuine_command_and_a_forged_one() {
        var id = stage.ask(People.ADA, Commands.blocking(user)).id();
        var command = stage.evidence().command(id).orElseThrow();
        genuine = command.record().position();
        try (var attacker = new Attacker(sandbox)) {
            forged = attacker.forgeWithoutTheKey(command, "{\"blocked\":false}");
        }
        await().atMost(Stage.PATIENCE)
                .until(() -> stage.evidence().quarantined(forged).isPresent());
    }

    @Test
    void jose4j_verifies_what_kafkas_own_consumer_reads() throws Exception {
        // Given
        var keys = new PublishedKeys(jwks());
        var verified = new ArrayList<LogRecord.Position>();
        var refused = new ArrayList<LogRecord.Position>();

        // When
        for (var record : consumed()) {
            var position = new LogRecord.Position(record.topic(), record.partition(), record.offset());
            (keys.verify(record.value()) ? verified : refused).add(position);
        }

        // Then
        assertThat(verified).contains(genuine);
        assertThat(refused)
                .contains(forged)
                .allSatisfy(position ->
                        assertThat(stage.evidence().quarantined(position)).isPresent());
    }

    @Test
    @EnabledIf(value = "nodeIsHere", disabledReason = WITHOUT_NODE)
    void jose_verifies_in_node_what_kafkajs_reads() throws Exception {
        // Given
        var script = NodeScript.install(directory);
        if (script.isEmpty()) {
            LoggerFactory.getLogger(IndependentCheckIT.class).warn(WITHOUT_REGISTRY);
        }
        assumeThat(script).as(WITHOUT_REGISTRY).isPresent();

        // When
        var found = StrictJson.parse(script.get().verify(StrictJson.write(input())));

        // Then
        var verified = positions(found.get("verified"));
        assertThat(verified).contains(genuine);
        assertThat(positions(found.get("refused")))
                .contains(forged)
                .allSatisfy(position ->
                        assertThat(stage.evidence().quarantined(position)).isPresent());
        assertThat(found.get("tamperedRefused").asInt()).isEqualTo(verified.size());
        assertThat(found.get("headers"))
                .singleElement()
                .extracting(JsonNode::stringValue)
                .isEqualTo("alg,kid,typ");
    }

    private Object input() {
        var auditor = sandbox.broker().users().named("auditor");
        var input = StrictJson.object()
                .put("username", auditor.name())
                .put("password", auditor.password())
                .put("group", "mandate-auditor")
                .put("topic", Topics.COMMANDS)
                .put("jwks", jwksUrl().toString());
        input.putArray("brokers").add(sandbox.broker().bootstrapServers());
        return input;
    }

    private List<ConsumerRecord<byte[], byte[]>> consumed() throws Exception {
        var settings = new Properties();
        try (var file = Files.newBufferedReader(sandbox.auditorsSettings())) {
            settings.load(file);
        }
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.COMMANDS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static List<LogRecord.Position> positions(JsonNode places) {
        return places.valueStream()
                .map(place -> place.stringValue().split("@"))
                .map(place ->
                        new LogRecord.Position(Topics.COMMANDS, Integer.parseInt(place[0]), Long.parseLong(place[1])))
                .toList();
    }

    private String jwks() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(jwksUrl()).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private URI jwksUrl() {
        return sandbox.api().url().resolve("/.well-known/jwks.json");
    }
}
