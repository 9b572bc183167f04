package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Rig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker that was suspended in the middle of a transaction leaves it open for others to stumble over. */
class OpenTransactionIT {

    private static final Map<String, String> ABRUPT = Map.of(
            "mandate.consumption.drain", "0s",
            "mandate.authorization.facts-max-age", "5m",
            "mandate.execution.call-timeout", "5s");

    private Rig rig;

    @BeforeEach
    void start() {
        rig = Rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void what_was_committed_behind_an_open_transaction_is_read_back_too_and_not_done_again() {
        // Given a transaction that somebody has left open in the journal
        ConfigurableApplicationContext first = rig.startWorker("worker-1", ABRUPT);
        int hold = rig.simulator().faults().inject(Fault.once(new Effect.Hold()).on("PATCH", "/api/v2/users/*"));
        Command held = rig.intake().send(rename(DemoSeed.UMA, "Held"));
        await().until(() -> writes(held) == 1);
        try (var suspended = producer()) {
            suspended.initTransactions();
            suspended.beginTransaction();
            suspended.send(
                    new ProducerRecord<>(Topics.RESULTS, held.bind().partition(), new byte[] {1}, new byte[] {1}));
            suspended.flush();

            // When a command ends behind it, whose offset can't be committed since an earlier one waits, and another
            // worker takes over
            Command ended = rig.intake().send(rename(neighbourOf(held), "Ended"));
            await().until(() -> writes(ended) == 1);
            Command later = rig.intake().send(rename(neighbourOf(held), "Later"));
            await().until(() -> writes(later) == 1);
            rig.stopWorker(first);
            rig.simulator().faults().remove(hold);
            rig.startWorker("worker-2", ABRUPT);

            // Then
            assertThat(rig.tap().outcome(held, Duration.ofSeconds(90)).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
            assertThat(rig.tap().outcomes(ended.id())).hasSize(1);
            assertThat(writes(ended)).isEqualTo(1);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        Rig.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "mandate-worker-suspended",
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        30_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Somebody else whose commands are in the same partition. */
    private String neighbourOf(Command command) {
        int i = 0;
        while (rename(DemoSeed.crowd(i), "x").bind().partition()
                != command.bind().partition()) {
            i++;
        }
        return DemoSeed.crowd(i);
    }

    private long writes(Command command) {
        return rig.simulator().journal().managementWrites().stream()
                .filter(write ->
                        write.correlationId().equals(Optional.of(command.id().value())))
                .count();
    }

    private Command rename(String user, String name) {
        return rig.intake()
                .command(
                        DemoSeed.ADA,
                        "users.update",
                        "{\"id\":\"" + user + "\",\"body\":{\"nickname\":\"" + name + "\"}}");
    }
}
