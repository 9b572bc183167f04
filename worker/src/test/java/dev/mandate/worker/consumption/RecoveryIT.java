package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.rig.Forgery;
import dev.mandate.worker.rig.Rig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ConfigurableApplicationContext;

/** What is written to a real broker's journal, and read back from it, when clocks are not what they should be. */
class RecoveryIT {

    private Rig rig;
    private KafkaClients clients;

    @BeforeEach
    void start() {
        rig = Rig.start();
        var properties = new KafkaProperties();
        properties.setBootstrapServers(List.of(Rig.bootstrapServers()));
        clients = new KafkaClients(properties, "recovery-it");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_command_that_was_started_before_all_workers_were_away_for_long_is_still_known_as_started() {
        // Given a command that was started, whose worker went away
        ConfigurableApplicationContext worker = rig.startWorker("worker-1", Map.of("mandate.consumption.drain", "0s"));
        rig.simulator().faults().inject(Fault.once(new Effect.Hold()).on("PATCH", "/api/v2/users/*"));
        Command command = rig.intake().send(block());
        await().until(() -> rig.simulator().journal().managementWrites().size() == 1);
        rig.stopWorker(worker);

        // When it is read back long after a command can live
        Optional<JournalIndex.Entry> entry = readBackLate(command);

        // Then
        assertThat(entry).hasValueSatisfying(one -> assertThat(one.attempts()).isPositive());
    }

    @Test
    void what_has_ended_is_known_even_if_the_group_has_lost_its_offsets_and_all_commands_are_read_again()
            throws Exception {
        // Given
        ConfigurableApplicationContext worker = rig.startWorker();
        Command command = rig.intake().send(block());
        rig.tap().outcome(command);
        rig.stopWorker(worker);

        // When
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Rig.bootstrapServers()))) {
            admin.deleteConsumerGroups(List.of(KafkaClients.GROUP)).all().get();
        }
        Optional<JournalIndex.Entry> entry = readBackLate(command);

        // Then
        assertThat(entry).hasValueSatisfying(one -> assertThat(one.ended()).isTrue());
    }

    @Test
    void of_settled_records_is_only_heard_and_what_the_journal_said_of_them_is_found_when_it_is_asked_for() {
        // Given
        ConfigurableApplicationContext worker = rig.startWorker();
        Command command = rig.intake().send(block());
        rig.tap().outcome(command);
        rig.stopWorker(worker);

        // When all of it is taken for long past
        JournalIndex index = readBack(command, Duration.ofMinutes(1).negated(), Clock.systemUTC())
                .orElseThrow()
                .index();

        // Then
        assertThat(index.find(command.id())).isEmpty();
        Hearsay.Heard heard = index.heardOf(command.id()).orElseThrow();
        var commands = new CommandReader(new Verifier(rig.keys().keyRing()), Rig.ENVIRONMENT);
        var lookUp = new LookUp(clients, commands, journal(), Clock.systemUTC());
        assertThat(heard.places())
                .hasSize(2)
                .allSatisfy(place -> assertThat(lookUp.spokenOf(place))
                        .isInstanceOfSatisfying(
                                LookUp.Result.Found.class,
                                found -> assertThat(found.what())
                                        .isInstanceOfSatisfying(
                                                CommandReference.class,
                                                first -> assertThat(first.id()).isEqualTo(command.id()))));
    }

    @Test
    void what_was_said_so_long_ago_that_it_matters_to_keyed_commands_only_is_left_for_later_and_told_then() {
        // Given two commands, one of them under an idempotency key
        ConfigurableApplicationContext worker = rig.startWorker();
        Command plain = rig.intake().send(block());
        rig.tap().outcome(plain);
        Command keyed = rig.intake().send(Commands.id(block(), CommandIds.derived(List.of("keyed"))));
        rig.tap().outcome(keyed);
        rig.stopWorker(worker);

        // When all of it is taken for long past
        Recovery.Recovered recovered = recovery(
                        Duration.ofMinutes(10).negated(), Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20)))
                .read(List.of(partition(keyed)))
                .get(partition(keyed));
        Hearsay heard =
                recovery(Duration.ZERO, Clock.systemUTC()).hear(partition(keyed), recovered.rest(), () -> false);

        // Then
        assertThat(recovered.index().size()).isZero();
        assertThat(heard.of(keyed.id())).isPresent();
        assertThat(heard.size()).as("the other can't be signed anew").isEqualTo(1);
    }

    @Test
    void where_something_waits_in_one_lane_what_both_have_done_since_is_verified_and_the_rest_only_heard_of() {
        // Given a change that was made, one in the other lane that nobody knows the end of, and another for its target
        ConfigurableApplicationContext worker = rig.startWorker("worker-1", Map.of("mandate.consumption.drain", "0s"));
        Command before = rig.intake().send(block());
        rig.tap().outcome(before);
        rig.simulator().faults().inject(Fault.once(new Effect.Hold()).on("PATCH", "/api/v2/users/*"));
        Command waits = rig.intake().send(Commands.bulk(block()));
        await().until(() -> rig.simulator().journal().managementWrites().size() == 2);
        Command after = rig.intake().send(block());
        rig.stopWorker(worker);

        // When
        JournalIndex index =
                readBack(before, Duration.ZERO, Clock.systemUTC()).orElseThrow().index();

        // Then
        assertThat(index.find(before.id())).isEmpty();
        assertThat(index.heardOf(before.id())).isPresent();
        assertThat(index.find(waits.id()))
                .hasValueSatisfying(one -> assertThat(one.ended()).isFalse());
        assertThat(index.find(after.id())).isEmpty();
        assertThat(index.heardOf(after.id())).isEmpty();
    }

    @Test
    void a_lane_in_which_nothing_waits_holds_the_other_back_by_nothing() {
        // Given
        ConfigurableApplicationContext worker = rig.startWorker();
        Command longAgo = rig.intake().send(Commands.bulk(block()));
        rig.tap().outcome(longAgo);
        Command since = rig.intake().send(block());
        rig.tap().outcome(since);
        rig.tap().outcome(rig.intake().send(block()));
        rig.stopWorker(worker);

        // When
        JournalIndex index =
                readBack(since, Duration.ZERO, Clock.systemUTC()).orElseThrow().index();

        // Then
        assertThat(index.find(since.id())).isEmpty();
        assertThat(index.heardOf(since.id())).isPresent();
    }

    @Test
    void a_record_that_can_not_be_verified_counts_as_a_call_for_the_target_of_its_key() {
        // Given
        Command named = block();
        Command later = block();
        String key = named.bind().key();
        rig.intake()
                .send(
                        Topics.RESULTS,
                        named.bind().partition(),
                        Forgery.bytes(key),
                        Forgery.bytes("a.b.c"),
                        List.of(new LogRecord.Header(
                                "ce_subject", Forgery.bytes(named.id().value()))));

        // When
        JournalIndex index = readBack(named, Clock.systemUTC()).orElseThrow().index();

        // Then
        assertThat(index.distrustedSince(named.id())).isPresent();
        assertThat(index.othersBegunAt(key, later.id())).isEqualTo(index.distrustedSince(named.id()));
    }

    /** Reads back long after a command can live. */
    private Optional<JournalIndex.Entry> readBackLate(Command command) {
        return readBack(command, Clock.offset(Clock.systemUTC(), Duration.ofDays(2)))
                .flatMap(recovered -> recovered.index().find(command.id()));
    }

    private Optional<Recovery.Recovered> readBack(Command command, Clock clock) {
        return readBack(command, Unsettled.APART, clock);
    }

    private Optional<Recovery.Recovered> readBack(Command command, Duration apart, Clock clock) {
        int partition = partition(command);
        return Optional.ofNullable(
                recovery(apart, clock).read(List.of(partition)).get(partition));
    }

    private Recovery recovery(Duration apart, Clock clock) {
        return new Recovery(clients, new Unsettled(clients, apart, clock), journal(), Duration.ofHours(1), clock);
    }

    private static int partition(Command command) {
        return command.bind().partition();
    }

    private JournalReader journal() {
        return new JournalReader(new Verifier(rig.keys().keyRing()), Rig.ENVIRONMENT);
    }

    private Command block() {
        return rig.intake()
                .command(DemoSeed.ADA, "users.update", "{\"id\":\"" + DemoSeed.UMA + "\",\"body\":{\"blocked\":true}}");
    }

    @Test
    void A28_a_worker_whose_clock_is_wrong_appends_nothing_that_nobody_would_trust() {
        var member = new MockConsumer<>("earliest").groupMetadata();
        for (Duration wrong : List.of(Duration.ofMinutes(5), Duration.ofMinutes(-5), Duration.ZERO)) {
            var appender = new Appender(clients::producer, Clock.offset(Clock.systemUTC(), wrong));
            appender.open();

            Ledger.Result result = appender.append(
                    List.of(() -> new ProducerRecord<>(Topics.RESULTS, 0, new byte[] {1}, new byte[] {1})),
                    Map.of(),
                    member);

            assertThat(result).isEqualTo(wrong.isZero() ? Ledger.Result.COMMITTED : Ledger.Result.REFUSED);
            appender.close();
        }
    }
}
