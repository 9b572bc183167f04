package dev.mandate.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.log.CommandOwners;
import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.LogPartition;
import dev.mandate.api.log.LogPositions;
import dev.mandate.api.log.LogReader;
import dev.mandate.api.log.LogReaders;
import dev.mandate.api.log.LogVerifier;
import dev.mandate.api.status.Instance;
import dev.mandate.api.status.Stage;
import dev.mandate.api.status.TestLog;
import dev.mandate.api.status.TestPerson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event streams over real HTTP, on a real log. */
class StreamIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    static Stage stage;
    static Instance intake;
    static Instance other;
    static TestLog log;

    @BeforeAll
    static void start() {
        stage = new Stage(directory);
        intake = stage.start("intake-1", Map.of("mandate.streams.heartbeat", "1s"));
        other = stage.start("intake-2", Map.of("mandate.streams.heartbeat", "1s", "mandate.streams.total", "1"));
        log = new TestLog(stage.keys());
    }

    @AfterAll
    static void stop() {
        log.close();
        stage.close();
    }

    static TestPerson somebody() {
        return Stage.person("auth0|" + UUID.randomUUID());
    }

    static TestStream own(TestPerson person, String lastEventId) {
        return TestStream.open(intake, person.token(), "/v1/events", lastEventId);
    }

    static TestStream single(TestPerson person, TestLog.Appended command, String lastEventId) {
        await().atMost(SOON)
                .until(() -> intake.get(person, "/v1/commands/" + command.id()).statusCode() != 404);
        return TestStream.open(intake, person.token(), "/v1/commands/" + command.id() + "/events", lastEventId);
    }

    /** Begins to listen: the first id says that everything from here on arrives. */
    static TestStream listening(TestPerson person) {
        TestStream stream = own(person, "");
        await().atMost(SOON).until(() -> !stream.lastEventId().isEmpty());
        return stream;
    }

    @Test
    void one_hears_of_ones_own_commands_and_of_nobody_elses() {
        // Given
        TestPerson ada = somebody();
        TestPerson eve = somebody();
        try (TestStream stream = listening(ada)) {
            // When
            TestLog.Appended hers = log.append(eve);
            log.succeeded(hers, "{}");
            TestLog.Appended mine = log.append(ada);
            log.started(mine, 1);
            log.denied(mine);
            // Then
            await().atMost(SOON).until(() -> stream.events().size() >= 3);
            assertThat(stream.what())
                    .containsExactlyInAnyOrder("accepted " + mine.id(), "started " + mine.id(), "ended " + mine.id());
            TestStream.Event ended = stream.events().stream()
                    .filter(event -> event.name().equals("ended"))
                    .findFirst()
                    .orElseThrow();
            assertThat(ended.data().path("outcome").stringValue()).isEqualTo("denied");
            assertThat(ended.data().path("error").path("code").stringValue()).isEqualTo("policy.permission_missing");
        }
    }

    @Test
    void one_hears_how_ones_unknown_outcome_was_settled() {
        // Given
        TestPerson ada = somebody().with("update:users");
        TestPerson rosa = somebody().with("read:commands", "resolve:commands", "update:users");
        TestLog.Appended mine = log.append(ada);
        log.started(mine, 1);
        log.unknown(mine);
        String path = "/v1/commands/" + mine.id();
        await().atMost(SOON).until(() -> intake.get(ada, path).body().contains("\"unknown\""));
        try (TestStream stream = listening(ada)) {
            // When
            intake.post(rosa, path + "/resolution", "{\"resolution\":\"done\",\"reason\":\"Seen\"}");
            // Then
            await().atMost(SOON).until(() -> !stream.events().isEmpty());
            assertThat(stream.what()).containsExactly("resolved " + mine.id());
            assertThat(stream.events().getFirst().data().path("resolution").stringValue())
                    .isEqualTo("done");
        }
    }

    @Test
    void a_login_through_an_organization_hears_nothing_of_the_same_persons_other_commands() {
        // Given
        TestPerson olga = somebody();
        try (TestStream stream = listening(olga.in("org_globex"))) {
            // When
            log.append(olga);
            log.append(olga.in("org_initech"));
            TestLog.Appended there = log.append(olga.in("org_globex"));
            // Then
            await().atMost(SOON).until(() -> !stream.events().isEmpty());
            assertThat(stream.what()).containsExactly("accepted " + there.id());
        }
    }

    @Test
    void a_stream_that_breaks_again_and_again_loses_nothing_and_doubles_nothing() {
        // Given
        TestPerson ada = somebody();
        TestPerson noise = somebody();
        int commands = 60;
        var expected = new ArrayList<String>();
        var heard = new ArrayList<String>();
        String last;
        try (TestStream first = listening(ada)) {
            last = first.lastEventId();
        }
        Thread writer = Thread.ofVirtual()
                .start(() -> IntStream.range(0, commands).forEach(i -> {
                    TestLog.Appended command = log.append(ada);
                    log.succeeded(log.append(noise), "{}");
                    log.started(command, 1);
                    log.succeeded(command, "{}");
                    expected.addAll(
                            List.of("accepted " + command.id(), "started " + command.id(), "ended " + command.id()));
                }));
        // When
        for (int round = 0; heard.size() < 3 * commands; round++) {
            int enough = 1 + round % 25;
            // The other instance takes over now and then: places are good everywhere.
            Instance instance = round % 2 == 0 ? intake : other;
            try (TestStream stream = TestStream.open(instance, ada.token(), "/v1/events", last)) {
                if (stream.status() != 200) {
                    continue; // the other instance still serves the stream that was just broken
                }
                int missing = 3 * commands - heard.size();
                await().atMost(SOON).until(() -> stream.events().size() >= Math.min(enough, missing));
                List<TestStream.Event> seen = List.copyOf(stream.events());
                heard.addAll(seen.stream().map(TestStream.Event::what).toList());
                last = seen.getLast().id();
            }
        }
        await().atMost(SOON).until(() -> !writer.isAlive());
        // Then
        assertThat(heard).containsExactlyInAnyOrderElementsOf(expected);
        try (TestStream stream = own(ada, last)) {
            TestLog.Appended marker = log.append(ada);
            await().atMost(SOON).until(() -> !stream.events().isEmpty());
            assertThat(stream.what()).containsExactly("accepted " + marker.id());
        }
    }

    @Test
    void a_quiet_stream_still_moves_its_place_on() {
        // Given
        TestPerson ada = somebody();
        try (TestStream stream = listening(ada)) {
            String before = stream.lastEventId();
            // When
            log.append(somebody());
            // Then
            await().atMost(SOON).until(() -> !stream.lastEventId().equals(before));
            assertThat(stream.events()).isEmpty();
        }
    }

    @Test
    void a_commands_stream_tells_its_whole_story_and_then_ends_for_good() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        log.started(command, 1);
        // When
        try (TestStream stream = single(ada, command, "")) {
            await().atMost(SOON).until(() -> stream.events().size() == 2);
            log.succeeded(command, "{\"secret\":\"only for her, not here\"}");
            await().atMost(SOON).until(stream::hasEnded);
            // Then
            assertThat(stream.what())
                    .containsExactly(
                            "accepted " + command.id(), "started " + command.id(), "ended " + command.id(), "end ");
            assertThat(stream.events().getLast().data().path("reason").stringValue())
                    .isEqualTo("command_ended");
            assertThat(stream.events().toString()).doesNotContain("only for her");
            assertThat(single(ada, command, stream.lastEventId()).status()).isEqualTo(204);
        }
    }

    @Test
    void A74_who_reads_what_was_missed_in_a_trickle_gives_the_place_up_after_a_while() throws Exception {
        // Given three events in one partition, and a client who takes too long for the first
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        RecordMetadata first = log.started(command, 1);
        log.started(command, 2);
        RecordMetadata last = log.denied(command);
        var journal = new LogPartition(first.topic(), first.partition());
        var beans = intake.context();
        var clock = new AtomicReference<>(Instant.EPOCH);
        InstantSource time = clock::get;
        var replay = new Replay(
                beans.getBean(LogVerifier.class), beans.getBean(CommandOwners.class), time.withZone(ZoneOffset.UTC));
        var taken = new ArrayList<LogEvent>();
        var slow = new Replay.Sink() {
            @Override
            public void happened(LogEvent event) {
                taken.add(event);
                clock.updateAndGet(now -> now.plus(Replay.LIMIT));
            }

            @Override
            public void passed(LogPositions reached) {}

            @Override
            public boolean open() {
                return true;
            }
        };
        // When
        boolean complete;
        try (LogReader reader = beans.getBean(LogReaders.class).open("test")) {
            complete = replay.run(
                    reader,
                    new Scope.Single(command.id()),
                    LogPositions.of(Map.of(journal, first.offset())),
                    LogPositions.of(Map.of(journal, last.offset() + 1)),
                    slow);
        }
        // Then
        assertThat(complete).isFalse();
        assertThat(taken).hasSize(1);
    }

    @Test
    void A74_a_forged_place_is_refused() {
        // Given
        TestPerson ada = somebody();
        String genuine;
        try (TestStream stream = listening(ada)) {
            genuine = stream.lastEventId();
        }
        char last = genuine.charAt(genuine.length() - 2);
        String forged = genuine.substring(0, genuine.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + genuine.charAt(genuine.length() - 1);
        // When, Then
        for (String id : List.of(forged, "x", genuine + "AA", genuine.substring(1))) {
            try (TestStream stream = own(ada, id)) {
                assertThat(stream.status()).isEqualTo(400);
                assertThat(stream.code()).isEqualTo("stream.position_invalid");
            }
        }
    }

    @Test
    void A74_another_persons_place_and_another_streams_place_are_refused() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        String own;
        String ofCommand;
        try (TestStream stream = listening(ada)) {
            own = stream.lastEventId();
        }
        try (TestStream stream = single(ada, command, "")) {
            await().atMost(SOON).until(() -> !stream.lastEventId().isEmpty());
            ofCommand = stream.lastEventId();
        }
        // When, Then
        assertThat(own(somebody(), own).code()).isEqualTo("stream.position_invalid");
        assertThat(own(ada.in("org_globex"), own).code()).isEqualTo("stream.position_invalid");
        assertThat(own(ada, ofCommand).code()).isEqualTo("stream.position_invalid");
        assertThat(single(ada, command, own).code()).isEqualTo("stream.position_invalid");
    }

    @Test
    void A74_another_persons_command_has_no_stream() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        single(ada, command, "").close();
        // When
        try (TestStream stream =
                TestStream.open(intake, somebody().token(), "/v1/commands/" + command.id() + "/events", "")) {
            // Then
            assertThat(stream.status()).isEqualTo(404);
            assertThat(stream.code()).isEqualTo("command.not_found");
        }
    }

    @Test
    void A74_the_stream_ends_when_the_token_does() {
        // Given
        TestPerson ada = somebody();
        // When
        try (TestStream stream = TestStream.open(intake, ada.token(4), "/v1/events", "")) {
            // Then
            assertThat(stream.status()).isEqualTo(200);
            await().atMost(SOON).until(stream::hasEnded);
            assertThat(stream.events().getLast().data().path("reason").stringValue())
                    .isEqualTo("token_expired");
        }
    }

    @Test
    void A74_one_person_gets_so_many_streams_and_no_more() {
        // Given
        TestPerson ada = somebody();
        List<TestStream> streams =
                IntStream.range(0, 5).mapToObj(i -> listening(ada)).toList();
        // When
        try (TestStream sixth = own(ada, "");
                TestStream others = own(somebody(), "")) {
            // Then
            assertThat(sixth.status()).isEqualTo(429);
            assertThat(sixth.code()).isEqualTo("stream.too_many");
            assertThat(others.status()).isEqualTo(200);
        } finally {
            streams.forEach(TestStream::close);
        }
        // A place comes back once the instance notices that its client is gone.
        await().atMost(SOON).until(() -> {
            try (TestStream stream = own(ada, "")) {
                return stream.status() == 200;
            }
        });
    }

    @Test
    void A74_all_together_get_so_many_streams_and_no_more() {
        // Given
        await().atMost(SOON).until(() -> {
            TestStream stream = TestStream.open(other, somebody().token(), "/v1/events", "");
            return stream.status() == 200;
        });
        // When
        try (TestStream stream = TestStream.open(other, somebody().token(), "/v1/events", "")) {
            // Then
            assertThat(stream.status()).isEqualTo(503);
            assertThat(stream.code()).isEqualTo("stream.capacity");
        }
    }

    @Test
    void a_forged_statement_reaches_nobody(@TempDir Path thief) {
        // Given
        TestPerson ada = somebody();
        try (TestStream stream = listening(ada);
                var forger = new TestLog(dev.mandate.contracts.TestKeys.in(thief, java.time.Clock.systemUTC()))) {
            TestLog.Appended command = log.append(ada);
            // When
            forger.succeeded(command, "{}");
            log.denied(command);
            // Then
            await().atMost(SOON).until(() -> stream.events().size() == 2);
            assertThat(stream.events().getLast().data().path("outcome").stringValue())
                    .isEqualTo("denied");
        }
    }
}
