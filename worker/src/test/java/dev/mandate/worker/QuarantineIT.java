package dev.mandate.worker;

import static dev.mandate.worker.rig.Forgery.bytes;
import static dev.mandate.worker.rig.Forgery.plus;
import static dev.mandate.worker.rig.Forgery.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Rig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends up in the quarantine, and that nothing in it holds up what is genuine. */
class QuarantineIT {

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.start();
        rig.startWorker();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void reset() {
        rig.simulator().reset();
    }

    @AfterEach
    void nothing_reached_auth0_and_the_partition_goes_on() {
        assertThat(rig.simulator().journal().managementWrites()).isEmpty();
        Command next =
                rig.intake().send(rig.intake().command(DemoSeed.SAM, "users.get", "{\"id\":\"" + DemoSeed.UMA + "\"}"));
        assertThat(rig.tap().outcome(next).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
    }

    @Test
    void A31_a_value_beyond_the_limit_is_quarantined_whole_or_by_its_hash() {
        // Given
        OutgoingRecord genuine = record(block());
        byte[] large = new byte[CommandReader.MAX_BYTES + 1];
        byte[] huge = new byte[1_000_000];

        // When
        var copied = rig.tap().quarantined(rig.intake().send(with(genuine, large)));
        var hashed = rig.tap().quarantined(rig.intake().send(with(genuine, huge)));

        // Then
        assertThat(copied.reason()).isEqualTo("record.too_large");
        assertThat(copied.copy().value()).isEqualTo(large);
        assertThat(hashed.copy().value()).isNull();
        assertThat(hashed.received().whole()).isFalse();
        assertThat(hashed.received().statement().found().value()).contains(Hashes.sha256(huge));
    }

    @Test
    void A34_a_flood_of_garbage_between_good_commands_stops_none_of_them() {
        // Given
        var random = new Random(34);
        List<Command> good = new ArrayList<>();
        int quarantinedBefore = rig.tap().quarantineSize();

        // When
        for (int i = 0; i < 300; i++) {
            byte[] garbage = new byte[random.nextInt(400)];
            random.nextBytes(garbage);
            rig.intake()
                    .send(
                            i % 2 == 0 ? Topics.COMMANDS : Topics.COMMANDS_BULK,
                            random.nextInt(Rig.PARTITIONS),
                            i % 3 == 0 ? null : garbage,
                            garbage,
                            List.of());
            if (i % 30 == 0) {
                good.add(rig.intake()
                        .send(rig.intake()
                                .command(DemoSeed.SAM, "users.get", "{\"id\":\"" + DemoSeed.crowd(i / 30) + "\"}")));
            }
        }

        // Then
        good.forEach(command -> assertThat(rig.tap().outcome(command).status()).isEqualTo(OutcomeStatus.SUCCEEDED));
        await().atMost(Duration.ofSeconds(30)).until(() -> rig.tap().quarantineSize() - quarantinedBefore == 300);
    }

    @Test
    void A34_what_is_quarantined_is_there_byte_for_byte_and_a_worker_signs_why() {
        // Given
        byte[] key = {1, 2, 3};
        byte[] value = {0, -1, 7};
        List<LogRecord.Header> headers = plus(plus(List.of(), "a", bytes("b")), "none", null);

        // When
        RecordMetadata sent = rig.intake().send(Topics.COMMANDS, 2, key, value, headers);
        var quarantined = rig.tap().quarantined(sent);

        // Then
        assertThat(quarantined.copy().position().partition()).isEqualTo(2);
        assertThat(quarantined.copy().key()).isEqualTo(key);
        assertThat(quarantined.copy().value()).isEqualTo(value);
        assertThat(quarantined.header("a")).isEqualTo(bytes("b"));
        assertThat(quarantined.header("none")).isNull();
        assertThat(quarantined.received().whole()).isTrue();
        assertThat(quarantined.received().statement().worker()).startsWith("worker-1/");
    }

    @Test
    void A31_headers_without_number_are_no_way_to_hold_a_partition_up() {
        List<LogRecord.Header> many = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            many.add(new LogRecord.Header("h", new byte[0]));
        }

        var copy = rig.tap().quarantined(rig.intake().send(Topics.COMMANDS, 1, bytes("k"), new byte[400_000], many));

        assertThat(copy.reason()).isEqualTo("record.too_large");
    }

    @Test
    void A39_a_tombstone_is_quarantined() {
        OutgoingRecord genuine = record(block());
        RecordMetadata sent = rig.intake()
                .send(
                        genuine.bind().topic(),
                        genuine.bind().partition(),
                        bytes(genuine.bind().key()),
                        null,
                        genuine.headers());

        assertThat(rig.tap().reason(sent)).isEqualTo("record.empty");
    }

    private static Command block() {
        return rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA));
    }

    private static String blocking(String user) {
        return "{\"id\":\"" + user + "\",\"body\":{\"blocked\":true}}";
    }

    private static OutgoingRecord record(Command command) {
        return rig.intake().sign(command);
    }
}
