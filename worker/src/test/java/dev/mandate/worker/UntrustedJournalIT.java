package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.signing.KeyFiles;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Forgery;
import dev.mandate.worker.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Journal records that readers can't verify: a worker makes none, and does nothing twice because of one. */
class UntrustedJournalIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
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
    void what_the_journal_says_under_a_key_that_is_not_known_here_is_not_done_again() throws IOException {
        // Given a command that has ended, behind one in the same partition that has not
        ConfigurableApplicationContext first = rig.startWorker("worker-1", ABRUPT);
        int hold = rig.simulator().faults().inject(Fault.once(new Effect.Hold()).on("PATCH", "/api/v2/users/*"));
        Command held = rig.intake().send(rename(DemoSeed.UMA, "Held"));
        await().until(() -> writes(held) == 1);
        Command ended = rig.intake().send(rename(neighbourOf(held), "Ended"));
        assertThat(rig.tap().outcome(ended).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        rig.stopWorker(first);
        rig.simulator().faults().remove(hold);

        // When the next worker has a ring without the key that signed all that
        Files.delete(rig.keys().ring().resolve(rig.keys().workerKey().kid() + ".jwk.json"));
        KeyFiles.activate(rig.keys().workerSigning(), publish(newKey()).kid());
        rig.startWorker("worker-2", ABRUPT);

        // Then
        await().atMost(PATIENCE)
                .until(() -> !rig.tap().outcomes(held.id()).isEmpty()
                        && rig.tap().outcomes(ended.id()).size() == 2);
        assertThat(rig.tap().outcomes(held.id())).extracting(Outcome::status).containsExactly(OutcomeStatus.UNKNOWN);
        assertThat(code(rig.tap().outcomes(ended.id()).getLast())).isEqualTo("journal.untrusted");
        assertThat(writes(held)).isEqualTo(1);
        assertThat(writes(ended)).isEqualTo(1);
    }

    @Test
    void A1_whoever_can_write_to_the_journal_neither_stops_a_worker_nor_speaks_for_it() {
        // Given garbage, a tombstone, a forgery that says that a command was started, and one that names nobody
        Command named = rename(DemoSeed.UMA, "Named");
        Command other = rename(DemoSeed.GUS, "Other");
        for (Command command : List.of(named, other)) {
            int partition = command.bind().partition();
            send(partition, Forgery.bytes("garbage"), List.of());
            send(partition, null, List.of(new LogRecord.Header("ce_subject", Forgery.bytes("nobody"))));
            send(partition, Forgery.bytes("a.b.c"), List.of(new LogRecord.Header("ce_subject", null)));
        }
        send(
                named.bind().partition(),
                Forgery.bytes("a.b.c"),
                List.of(new LogRecord.Header(
                        "ce_subject", Forgery.bytes(named.id().value()))));
        rig.intake().send(named);
        rig.intake().send(other);

        // When
        rig.startWorker("worker-1", ABRUPT);

        // Then the command that was named is left to a person, and everything else goes on
        assertThat(rig.tap().outcome(other, PATIENCE).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        Outcome outcome = rig.tap().outcome(named, PATIENCE);
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.UNKNOWN);
        assertThat(code(outcome)).isEqualTo("journal.untrusted");
        assertThat(rig.tap().starts(named.id())).hasSize(1);
        assertThat(writes(named)).isZero();
    }

    @Test
    void a_worker_whose_key_is_not_published_does_not_start() throws IOException {
        KeyFiles.activate(rig.keys().workerSigning(), newKey().kid());

        assertThatThrownBy(() -> rig.startWorker()).rootCause().hasMessageContaining("The ring has no such key");
    }

    @Test
    void a_worker_that_is_switched_to_a_key_too_early_says_nothing_until_it_is_published() throws IOException {
        // Given
        rig.startWorker("worker-1", Map.of("mandate.authorization.facts-max-age", "5m"));
        rig.tap().outcome(rig.intake().send(rename(DemoSeed.UMA, "Before")));
        int quarantined = rig.tap().quarantineSize();

        // When the key is switched first, and published later
        PublicKeyEntry early = newKey();
        KeyFiles.activate(rig.keys().workerSigning(), early.kid());
        Instant switched = Instant.now();
        await().until(() -> Instant.now().isAfter(switched.plusSeconds(2)));
        Command command = rig.intake().send(rename(DemoSeed.UMA, "After"));
        await().during(Duration.ofSeconds(3))
                .until(() -> rig.tap().events(command.id()).isEmpty());
        assertThat(writes(command)).isZero();
        publish(early);

        // Then
        assertThat(rig.tap().outcome(command, PATIENCE).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(rig.tap().outcomes(command.id())).hasSize(1);
        assertThat(rig.tap().quarantineSize()).isEqualTo(quarantined);
        assertThat(rig.tap().mistrusted()).isEmpty();
    }

    private PublicKeyEntry newKey() throws IOException {
        return KeyFiles.generate(rig.keys().workerSigning(), "worker", TestKeys.WORKER_TYPES, Instant.EPOCH);
    }

    private PublicKeyEntry publish(PublicKeyEntry key) throws IOException {
        KeyFiles.publish(rig.keys().ring(), key);
        return key;
    }

    private void send(int partition, byte[] value, List<LogRecord.Header> headers) {
        rig.intake().send(Topics.RESULTS, partition, Forgery.bytes("key"), value, headers);
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

    private static String code(Outcome outcome) {
        return outcome.error().map(OutcomeError::code).orElse("");
    }
}
