package dev.mandate.contracts.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.RawJws;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Header;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.RecordChecks;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody could append to the journal who is no worker, or a worker that lies about where it belongs. */
class JournalAttacksTest {

    @TempDir
    private static Path directory;

    private static TestKeys keys;
    private static JournalReader reader;
    private static JournalStatement statement;
    private static OutgoingRecord genuine;

    @BeforeAll
    static void makeOneGenuineStatement() {
        keys = TestKeys.in(directory, Clock.systemUTC());
        reader = new JournalReader(keys.verifier(), TestCommands.ENVIRONMENT);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var ids = new CommandIds(Clock.systemUTC(), new SecureRandom());
        var reference = new CommandReference(ids.next(), "sha-256:1", Topics.COMMANDS, 3, 42);
        statement = statement(ids, reference, 3, now);
        genuine = new JournalWriter(keys.workerSigner()).write(statement);
    }

    private static JournalStatement statement(CommandIds ids, CommandReference reference, int partition, Instant now) {
        return new JournalStatement(
                "https://mandate.example/worker",
                JournalStatement.audience(TestCommands.ENVIRONMENT),
                ids.next(),
                now,
                now,
                reference.id().value(),
                "auth0|1",
                new Bind(Topics.RESULTS, partition, "acme-prod|user|auth0|1"),
                new Started(reference, 1, "worker-1/1", 42));
    }

    @Test
    void the_genuine_statement_is_taken() throws Exception {
        assertThat(reader.read(found(genuine.value())).statement()).isEqualTo(statement);
    }

    @Test
    void A16_the_intakes_key_signs_no_journal() {
        byte[] value = RawJws.sign(keys.intakeSigning(), header(keys.intakeKey().kid()), statement.toJson());
        assertRejected(found(value), RejectionCode.JWS_KEY_NOT_VALID);
    }

    @Test
    void A11_a_command_is_no_journal_statement() {
        var command = TestCommands.blockUser(
                "auth0|1", TestCommands.requester("https://issuer/", List.of()), Clock.systemUTC());
        OutgoingRecord record = new dev.mandate.contracts.command.CommandWriter(keys.intakeSigner()).write(command);
        assertRejected(found(record.value()), RejectionCode.JWS_TYPE);
    }

    @Test
    void A13_a_statement_for_other_readers_is_refused() {
        assertRejected(
                claiming(json -> json.replace("mandate:test:audit", "mandate:prod:audit")),
                RejectionCode.CLAIMS_AUDIENCE);
        assertRejected(claiming(json -> json.replace(",\"mandate:test:intake\"", "")), RejectionCode.CLAIMS_AUDIENCE);
    }

    @Test
    void A20_A21_a_statement_elsewhere_than_signed_is_refused() {
        byte[] key = genuine.bind().key().getBytes(StandardCharsets.UTF_8);
        for (Position elsewhere : List.of(
                new Position(Topics.RESULTS, 4, 0), new Position(Topics.COMMANDS, 3, 0), new Position("other", 3, 0))) {
            assertRejected(
                    new LogRecord(elsewhere, statement.issuedAt(), key, genuine.value(), genuine.headers()),
                    RejectionCode.BIND_MISMATCH);
        }
        assertRejected(
                new LogRecord(position(), statement.issuedAt(), new byte[0], genuine.value(), genuine.headers()),
                RejectionCode.BIND_MISMATCH);
    }

    @Test
    void a_statement_in_another_partition_than_its_commands_is_refused() {
        var ids = new CommandIds(Clock.systemUTC(), new SecureRandom());
        var elsewhere = statement(ids, statement.event().command(), 4, statement.issuedAt());
        OutgoingRecord record = new JournalWriter(keys.workerSigner()).write(elsewhere);
        assertRejected(TestCommands.appended(record, 0, statement.issuedAt()), RejectionCode.CLAIMS_INCONSISTENT);
    }

    @Test
    void A23_A27_headers_must_mirror_the_claims() {
        for (Header header : genuine.headers()) {
            if (!header.name().equals("content-type")) {
                List<Header> others = genuine.headers().stream()
                        .map(other -> other.name().equals(header.name())
                                ? new Header(header.name(), new byte[] {'x'})
                                : other)
                        .toList();
                assertRejected(with(others), RejectionCode.HEADERS_MISMATCH);
            }
        }
        assertRejected(with(List.of()), RejectionCode.RECORD_CONTENT_TYPE);
    }

    @Test
    void A28_a_statement_appended_at_another_time_than_signed_is_refused() {
        Instant late = statement.issuedAt().plus(RecordChecks.LATENESS).plusMillis(1);
        assertRejected(
                new LogRecord(
                        position(),
                        late,
                        genuine.bind().key().getBytes(StandardCharsets.UTF_8),
                        genuine.value(),
                        genuine.headers()),
                RejectionCode.CLAIMS_ISSUED_AT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://mandate.dev/event/started/v0",
                "https://mandate.dev/event/started/v2",
                "https://mandate.dev/event/approved/v1",
                "https://attacker.example/event/started/v1",
                ""
            })
    void A37_A38_an_event_of_unknown_kind_or_version_is_refused(String uri) {
        assertRejected(
                claiming(json -> json.replace("https://mandate.dev/event/started/v1", uri)),
                RejectionCode.CLAIMS_MALFORMED);
    }

    @Test
    void two_events_and_none_are_refused() {
        assertRejected(
                claiming(json ->
                        json.replace("\"events\":{", "\"events\":{\"https://mandate.dev/event/outcome/v1\":{},")),
                RejectionCode.CLAIMS_MALFORMED);
        assertRejected(
                claiming(json -> json.substring(0, json.indexOf("\"events\":{")) + "\"events\":{}}"),
                RejectionCode.CLAIMS_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"index\":2,\"action\":\"b\",\"before\":[LINE]}",
                "{\"index\":-1,\"action\":\"b\",\"before\":[LINE]}",
                "{\"index\":0,\"action\":\"b\",\"before\":[LINE]}",
                "{\"index\":1,\"action\":\"b\",\"before\":[{\"action\":\"a\",\"status\":\"failed\",\"attempt\":1}]}",
                "{\"index\":1,\"action\":\"b\",\"before\":[{\"action\":\"a\",\"status\":\"not_done\",\"attempt\":0}]}",
                "{\"index\":1,\"action\":\"b\",\"before\":[{\"action\":\"a\",\"status\":\"succeeded\",\"attempt\":0}]}",
                "{\"index\":1,\"action\":\"b\",\"before\":[{\"action\":\"a\",\"status\":\"denied\",\"attempt\":1}]}",
                "{\"index\":1,\"action\":\"b\",\"before\":[{\"action\":\"a\",\"status\":\"succeeded\"}]}",
                "{\"index\":1,\"action\":\"b\",\"before\":[LINE],\"after\":[]}",
                "{\"index\":1,\"action\":\"b\",\"before\":[null]}",
                "{\"index\":1,\"action\":\"b\"}",
                "{\"index\":\"1\",\"action\":\"b\",\"before\":[LINE]}",
                "[]",
                "1"
            })
    void a_step_that_could_not_have_begun_is_refused(String step) throws Exception {
        // Given
        String line = "{\"action\":\"a\",\"status\":\"succeeded\",\"attempt\":1}";
        UnaryOperator<String> begin = json -> json.replace("\"consumed\":42", "\"consumed\":42,\"step\":STEP");
        String right = "{\"index\":1,\"action\":\"b\",\"before\":[" + line + "]}";
        reader.read(claiming(json -> begin.apply(json).replace("STEP", right)));

        // When, Then
        assertRejected(
                claiming(json -> begin.apply(json).replace("STEP", step.replace("LINE", line))),
                RejectionCode.CLAIMS_MALFORMED);
    }

    @Test
    void an_outcome_of_steps_of_which_none_was_begun_is_refused() {
        for (List<StepOutcome> lines : List.of(List.<StepOutcome>of(), List.of(StepOutcome.notDone("users.update")))) {
            assertThatThrownBy(() -> TestSteps.outcome(statement.event().command(), OutcomeStatus.FAILED, lines))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void A31_A39_a_value_too_large_and_a_tombstone_are_refused() {
        assertRejected(found(new byte[JournalReader.MAX_BYTES + 1]), RejectionCode.RECORD_TOO_LARGE);
        assertRejected(found(null), RejectionCode.RECORD_EMPTY);
    }

    private static LogRecord claiming(UnaryOperator<String> change) {
        String json = new String(statement.toJson(), StandardCharsets.UTF_8);
        String changed = change.apply(json);
        assertThat(changed).isNotEqualTo(json);
        return found(RawJws.sign(
                keys.workerSigning(), header(keys.workerKey().kid()), changed.getBytes(StandardCharsets.UTF_8)));
    }

    private static String header(String kid) {
        return "{\"typ\":\"secevent+jwt\",\"alg\":\"Ed25519\",\"kid\":\"" + kid + "\"}";
    }

    private static Position position() {
        return new Position(Topics.RESULTS, 3, 0);
    }

    private static LogRecord found(byte[] value) {
        return new LogRecord(
                position(),
                statement.issuedAt(),
                genuine.bind().key().getBytes(StandardCharsets.UTF_8),
                value,
                genuine.headers());
    }

    private static LogRecord with(List<Header> headers) {
        return new LogRecord(
                position(),
                statement.issuedAt(),
                genuine.bind().key().getBytes(StandardCharsets.UTF_8),
                genuine.value(),
                headers);
    }

    private static void assertRejected(LogRecord record, RejectionCode code) {
        assertThatThrownBy(() -> reader.read(record))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
