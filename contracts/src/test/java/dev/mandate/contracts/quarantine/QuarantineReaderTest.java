package dev.mandate.contracts.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Header;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineReaderTest {

    private static final Position ORIGIN = new Position(Topics.COMMANDS, 3, 17);
    private static final String ENVIRONMENT = TestCommands.ENVIRONMENT;

    private final MovableClock clock = new MovableClock(Instant.now());
    private final LogRecord found = found("key", "garbage", List.of(new Header("x", null), header("y", "z")));

    @TempDir
    Path directory;

    private TestKeys keys;

    @BeforeEach
    void makeKeys() {
        keys = TestKeys.in(directory, clock);
    }

    @Test
    void what_a_worker_signed_is_read_back() throws RejectedException {
        ReceivedQuarantine read = read(place(genuine()));

        assertThat(read.statement()).isEqualTo(statement(ENVIRONMENT));
        assertThat(read.whole()).isTrue();
    }

    @Test
    void a_record_without_key_value_and_headers_is_a_whole_copy_of_one_without_them() throws RejectedException {
        var nothing = new LogRecord(ORIGIN, clock.instant(), null, null, List.of());

        var copy = writer(keys.workerSigner()).write(statement(ENVIRONMENT, nothing), nothing);

        assertThat(read(place(copy)).whole()).isTrue();
    }

    @Test
    void of_what_is_too_large_only_the_statement_is_there() throws RejectedException {
        var many = IntStream.range(0, 6_000).mapToObj(i -> header("h", "")).toList();
        for (var large : List.of(found("key", "v".repeat(950_000), List.of()), found("key", "v", many))) {
            var copy = writer(keys.workerSigner()).write(statement(ENVIRONMENT, large), large);

            ReceivedQuarantine read = read(place(copy));

            assertThat(copy.key()).isNull();
            assertThat(copy.value()).isNull();
            assertThat(read.whole()).isFalse();
            assertThat(read.statement().found()).isEqualTo(Fingerprint.of(large));
        }
    }

    @Test
    void a_copy_of_anything_else_is_refused_whatever_part_of_it_differs() {
        var other = "other".getBytes(StandardCharsets.UTF_8);
        refused(
                RejectionCode.CLAIMS_INCONSISTENT,
                copy -> new QuarantineWriter.Copy(other, copy.value(), copy.headers()));
        refused(
                RejectionCode.CLAIMS_INCONSISTENT,
                copy -> new QuarantineWriter.Copy(copy.key(), other, copy.headers()));
        refused(RejectionCode.CLAIMS_INCONSISTENT, copy -> new QuarantineWriter.Copy(copy.key(), null, copy.headers()));
        refused(RejectionCode.CLAIMS_INCONSISTENT, copy -> with(copy, headers -> headers.removeLast()));
        refused(
                RejectionCode.CLAIMS_INCONSISTENT,
                copy -> with(copy, headers -> headers.add(header(QuarantineHeaders.ORIGINAL_PREFIX + "more", ""))));
    }

    @Test
    void headers_that_are_missing_repeated_or_other_than_signed_are_refused() {
        for (var name : List.of(QuarantineHeaders.STATEMENT, QuarantineHeaders.REASON, QuarantineHeaders.ORIGIN)) {
            refused(
                    RejectionCode.HEADERS_MISMATCH,
                    copy -> with(
                            copy,
                            headers -> headers.removeIf(header -> header.name().equals(name))));
            refused(RejectionCode.HEADERS_MISMATCH, copy -> with(copy, headers -> headers.add(header(name, "x"))));
        }
        for (var name : List.of(QuarantineHeaders.REASON, QuarantineHeaders.ORIGIN)) {
            refused(
                    RejectionCode.HEADERS_MISMATCH,
                    copy -> with(
                            copy,
                            headers -> headers.replaceAll(
                                    header -> header.name().equals(name) ? header(name, "x") : header)));
        }
    }

    @Test
    void only_a_workers_key_signs_such_statements() {
        assertThatThrownBy(() -> read(place(writer(keys.intakeSigner()).write(statement(ENVIRONMENT), found))))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RejectionCode.JWS_KEY_NOT_VALID));
        Signer asJournal = (type, payload) -> keys.workerSigner().sign(StatementType.JOURNAL, payload);
        assertThatThrownBy(() -> read(place(writer(asJournal).write(statement(ENVIRONMENT), found))))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RejectionCode.JWS_TYPE));
    }

    @Test
    void a_statement_for_another_environment_partition_topic_or_time_is_refused() {
        var elsewhere = writer(keys.workerSigner()).write(statement("staging"), found);
        refused(RejectionCode.CLAIMS_AUDIENCE, place(elsewhere));
        refused(RejectionCode.BIND_MISMATCH, place(genuine(), new Position(Topics.QUARANTINE, 2, 0), clock.instant()));
        refused(RejectionCode.BIND_MISMATCH, place(genuine(), new Position(Topics.RESULTS, 3, 0), clock.instant()));
        var later = clock.instant().plus(5, ChronoUnit.MINUTES);
        refused(RejectionCode.CLAIMS_ISSUED_AT, place(genuine(), new Position(Topics.QUARANTINE, 3, 0), later));
    }

    private void refused(RejectionCode code, UnaryOperator<QuarantineWriter.Copy> change) {
        refused(code, place(change.apply(genuine())));
    }

    private void refused(RejectionCode code, LogRecord record) {
        assertThatThrownBy(() -> read(record))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private ReceivedQuarantine read(LogRecord record) throws RejectedException {
        return new QuarantineReader(keys.verifier(), ENVIRONMENT).read(record);
    }

    private QuarantineWriter.Copy genuine() {
        return writer(keys.workerSigner()).write(statement(ENVIRONMENT), found);
    }

    private static QuarantineWriter writer(Signer signer) {
        return new QuarantineWriter(signer);
    }

    private QuarantineStatement statement(String environment) {
        return statement(environment, found);
    }

    private QuarantineStatement statement(String environment, LogRecord about) {
        return new QuarantineStatement(
                "https://mandate.example/worker",
                QuarantineStatement.audience(environment),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                "worker-1/1",
                about.position(),
                "jws.malformed",
                "Not three parts",
                Fingerprint.of(about));
    }

    private LogRecord place(QuarantineWriter.Copy copy) {
        return place(copy, new Position(Topics.QUARANTINE, 3, 0), clock.instant());
    }

    private static LogRecord place(QuarantineWriter.Copy copy, Position position, Instant at) {
        return new LogRecord(position, at, copy.key(), copy.value(), copy.headers());
    }

    private static QuarantineWriter.Copy with(QuarantineWriter.Copy copy, Consumer<List<Header>> change) {
        var headers = new ArrayList<>(copy.headers());
        change.accept(headers);
        return new QuarantineWriter.Copy(copy.key(), copy.value(), headers);
    }

    private LogRecord found(String key, String value, List<Header> headers) {
        return new LogRecord(
                ORIGIN,
                clock.instant(),
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                headers);
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
