package dev.mandate.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.audit.Audit;
import dev.mandate.audit.World;
import dev.mandate.audit.verification.Check;
import dev.mandate.audit.verification.Finding;
import dev.mandate.audit.verification.Report;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The topics of a real broker, with transactions that were committed and one that was not. */
class KafkaLogIT {

    private static final Duration NONE = Duration.ZERO;

    @TempDir
    private static Path directory;

    private static EmbeddedKafkaKraftBroker broker;
    private static World world;
    private static ReceivedCommand last;

    @BeforeAll
    static void fillARealBroker() throws Exception {
        broker = new EmbeddedKafkaKraftBroker(1, 1);
        broker.brokerProperty("transaction.state.log.replication.factor", "1");
        broker.brokerProperty("transaction.state.log.min.isr", "1");
        broker.afterPropertiesSet();
        var settings = Map.<String, Object>of("bootstrap.servers", broker.getBrokersAsString());
        try (var admin = Admin.create(settings)) {
            admin.createTopics(List.of(
                            topic(Topics.COMMANDS),
                            topic(Topics.COMMANDS_BULK),
                            topic(Topics.RESULTS),
                            topic(Topics.QUARANTINE),
                            topic(Topics.CONTROL)))
                    .all()
                    .get();
        }
        world = new World(directory).today();
        for (int i = 0; i < 5; i++) {
            last = world.done(world.blocking("auth0|" + i));
        }
        LogRecord garbage = world.append(Topics.COMMANDS, 3, null, new byte[] {1}, List.of());
        world.quarantine(garbage, RejectionCode.RECORD_CONTENT_TYPE);
        try (var intake = producer(Map.of());
                var worker = producer(Map.of("transactional.id", "mandate-worker-1"))) {
            worker.initTransactions();
            for (LogRecord record : world.records()) {
                if (Topics.COMMAND_TOPICS.contains(record.position().topic())) {
                    intake.send(outgoing(record)).get();
                } else {
                    worker.beginTransaction();
                    worker.send(outgoing(record));
                    worker.commitTransaction();
                }
            }
            worker.beginTransaction();
            worker.send(outgoing(world.journal(last, world.outcome(last, OutcomeStatus.UNKNOWN, 1, Optional.empty()))))
                    .get();
            worker.abortTransaction();
        }
    }

    @AfterAll
    static void stop() {
        broker.destroy();
    }

    @Test
    void everything_on_the_broker_is_read_in_order_and_holds() {
        try (Log log = connect()) {
            Report report = Audit.verify(log, world.keys().keyRing(), TestCommands.ENVIRONMENT, NONE);
            assertThat(report.findings()).isEmpty();
            assertThat(report.records()).isEqualTo(17);
        }
    }

    @Test
    void a_copy_of_the_broker_holds_as_well() throws Exception {
        // Given
        Path bundle = directory.resolve("bundle.txt");
        try (Log log = connect()) {
            assertThat(Bundle.write(log, bundle)).isEqualTo(17);
        }

        // When, then
        try (Log copy = Bundle.open(bundle)) {
            assertThat(Audit.verify(copy, world.keys().keyRing(), TestCommands.ENVIRONMENT, NONE)
                            .findings())
                    .isEmpty();
        }
    }

    @Test
    void A26_times_that_are_a_producers_are_suspect() throws Exception {
        // Given
        var times = new ConfigResource(ConfigResource.Type.TOPIC, Topics.CONTROL);
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.getBrokersAsString()));
                var producer = producer(Map.of())) {
            admin.incrementalAlterConfigs(Map.of(
                            times,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("message.timestamp.type", "CreateTime"),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            RecordMetadata sent = producer.send(new ProducerRecord<>(
                            Topics.CONTROL, 0, System.currentTimeMillis(), new byte[0], new byte[0]))
                    .get();

            // When
            Report report;
            try (Log log = connect()) {
                report = Audit.verify(log, world.keys().keyRing(), TestCommands.ENVIRONMENT, NONE);
            }

            // Then
            assertThat(report.findings())
                    .extracting(Finding::check)
                    .containsExactlyInAnyOrder(Check.LOG, Check.CONTROL);
            admin.deleteRecords(Map.of(
                            new TopicPartition(Topics.CONTROL, 0), RecordsToDelete.beforeOffset(sent.offset() + 1)))
                    .all()
                    .get();
        }
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, TestCommands.PARTITIONS, (short) 1)
                .configs(Map.of("message.timestamp.type", "LogAppendTime"));
    }

    private static Log connect() {
        var settings = new Properties();
        settings.put("bootstrap.servers", broker.getBrokersAsString());
        return KafkaLog.connect(settings, Clock.systemUTC());
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> more) {
        var settings = new java.util.HashMap<String, Object>(more);
        settings.put("bootstrap.servers", broker.getBrokersAsString());
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> outgoing(LogRecord record) {
        var headers = new RecordHeaders();
        record.headers().forEach(header -> headers.add(header.name(), header.value()));
        return new ProducerRecord<>(
                record.position().topic(), record.position().partition(), null, record.key(), record.value(), headers);
    }
}
