package dev.mandate.worker;

import static dev.mandate.worker.rig.Forgery.bend;
import static dev.mandate.worker.rig.Forgery.bytes;
import static dev.mandate.worker.rig.Forgery.changed;
import static dev.mandate.worker.rig.Forgery.decode;
import static dev.mandate.worker.rig.Forgery.encode;
import static dev.mandate.worker.rig.Forgery.part;
import static dev.mandate.worker.rig.Forgery.plus;
import static dev.mandate.worker.rig.Forgery.text;
import static dev.mandate.worker.rig.Forgery.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.KeyFiles;
import dev.mandate.contracts.signing.KeySigner;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.EventHeaders;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.rig.Rig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every check of a record, with what happens when it fails: the quarantine, a code, and nothing at Auth0. */
class UntrustedRecordsIT {

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
    void A1_a_command_signed_by_a_key_that_is_not_in_the_ring_is_quarantined() throws IOException {
        TestKeys others = TestKeys.in(Files.createTempDirectory("others"), Clock.systemUTC());
        OutgoingRecord forged = rig.intake().sign(block(), others.intakeSigner());

        assertThat(rig.tap().reason(rig.intake().send(forged))).isEqualTo("jws.key_unknown");
    }

    @Test
    void A1_a_command_whose_payload_was_altered_after_signing_is_quarantined() {
        assertThat(reasonOf(bend(record(block()), jws -> {
                    String payload = text(decode(part(jws, 1))).replace("\"blocked\":true", "\"blocked\":null");
                    return part(jws, 0) + "." + encode(payload.getBytes(StandardCharsets.UTF_8)) + "." + part(jws, 2);
                })))
                .isEqualTo("jws.signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "NoNe", "EdDSA", "HS256", "ES256"})
    void A2_A4_another_algorithm_in_the_header_is_quarantined(String algorithm) {
        assertThat(reasonOf(bend(
                        record(block()),
                        jws -> encode(text(decode(part(jws, 0)))
                                        .replace("\"alg\":\"Ed25519\"", "\"alg\":\"" + algorithm + "\"")
                                        .getBytes(StandardCharsets.UTF_8))
                                + "." + part(jws, 1) + "." + part(jws, 2))))
                .isEqualTo("jws.header");
    }

    @Test
    void A2_an_empty_signature_is_quarantined() {
        assertThat(reasonOf(bend(record(block()), jws -> part(jws, 0) + "." + part(jws, 1) + ".")))
                .isEqualTo("jws.malformed");
    }

    @Test
    void A3_a_signature_by_the_public_key_as_a_shared_secret_is_quarantined() throws Exception {
        OutgoingRecord genuine = record(block());
        String header = text(decode(part(text(genuine.value()), 0)));
        JWSObject forged = new JWSObject(
                JWSHeader.parse(header.replace("Ed25519", "HS256")),
                new Payload(decode(part(text(genuine.value()), 1))));
        forged.sign(new MACSigner(rig.keys().intakeKey().raw()));

        assertThat(reasonOf(with(genuine, forged.serialize().getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("jws.header");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"jwk\":{}",
                "\"jku\":\"http://127.0.0.1:1/\"",
                "\"x5u\":\"http://127.0.0.1:1/\"",
                "\"crit\":[\"b64\"],\"b64\":false",
                "\"zip\":\"DEF\"",
                "\"alg\":\"none\""
            })
    void A5_A6_A8_A10_more_members_in_the_header_are_quarantined(String member) {
        assertThat(reasonOf(bend(
                        record(block()),
                        jws -> encode(text(decode(part(jws, 0)))
                                        .replace("{", "{" + member + ",")
                                        .getBytes(StandardCharsets.UTF_8))
                                + "." + part(jws, 1) + "." + part(jws, 2))))
                .isEqualTo("jws.header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../dev/null", "' OR 1=1", "a\\u0000b", "nobody"})
    void A7_a_key_name_is_looked_up_and_never_used_for_anything_else(String kid) {
        assertThat(reasonOf(bend(
                        record(block()),
                        jws -> encode(text(decode(part(jws, 0)))
                                        .replaceFirst(
                                                "\"kid\":\"[^\"]*\"",
                                                "\"kid\":\"" + kid.replace("\\", "\\\\\\\\") + "\"")
                                        .replace("\\\\u", "\\u")
                                        .getBytes(StandardCharsets.UTF_8))
                                + "." + part(jws, 1) + "." + part(jws, 2))))
                .isEqualTo("jws.key_unknown");
    }

    @Test
    void A9_other_notations_of_the_same_jws_are_quarantined() {
        OutgoingRecord genuine = record(block());
        String jws = text(genuine.value());
        for (String other :
                List.of(jws + ".", " " + jws, jws + "\n", jws + "=", "{\"payload\":\"" + part(jws, 1) + "\"}")) {
            assertThat(reasonOf(with(genuine, other.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo("jws.malformed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sub\":\"auth0|other\",\"sub\"",
                "\"surplus\":1,\"sub\"",
                "\"\\ud800\":1,\"sub\"",
                "\"n\":1e400,\"sub\"",
                "\"n\":99999999999999999999,\"sub\""
            })
    void A10_claims_that_parsers_could_read_differently_are_quarantined(String twist) {
        Command command = block();
        byte[] payload = text(StrictJson.write(command))
                .replaceFirst("\"sub\"", twist.replace("\\", "\\\\"))
                .getBytes(StandardCharsets.UTF_8);
        byte[] jws =
                rig.keys().intakeSigner().sign(StatementType.COMMAND, payload).getBytes(StandardCharsets.US_ASCII);

        assertThat(reasonOf(with(record(command), jws))).isEqualTo("claims.malformed");
    }

    @Test
    void A11_an_access_token_or_a_journal_statement_on_the_command_topic_is_quarantined() {
        // Given a person's token, a statement of the worker's, and the worker's signature under a command
        OutgoingRecord genuine = record(block());
        byte[] token = rig.intake().token(DemoSeed.ADA).getBytes(StandardCharsets.US_ASCII);
        byte[] journal = rig.keys()
                .workerSigner()
                .sign(StatementType.JOURNAL, genuine.value())
                .getBytes(StandardCharsets.US_ASCII);
        byte[] byWorker = rig.keys()
                .workerSigner()
                .sign(StatementType.COMMAND, decode(part(text(genuine.value()), 1)))
                .getBytes(StandardCharsets.US_ASCII);

        // When, then
        assertThat(reasonOf(with(genuine, token))).isIn("jws.type", "jws.header");
        assertThat(reasonOf(with(genuine, journal))).isEqualTo("jws.type");
        assertThat(reasonOf(with(genuine, byWorker))).isEqualTo("jws.key_not_valid");
    }

    @Test
    void A13_a_command_for_another_environment_is_quarantined() {
        assertThat(reasonOf(record(Commands.audience(block(), "mandate:staging:worker"))))
                .isEqualTo("claims.audience");
    }

    @Test
    void A14_a_signature_by_a_key_that_was_retired_before_the_record_was_appended_is_quarantined() throws IOException {
        // Given: a second key of the intake's, in service for a moment, and two commands signed while it was.
        Path leaving = rig.directory().resolve("leaving");
        PublicKeyEntry key = KeyFiles.generate(leaving, "intake", TestKeys.INTAKE_TYPES, Instant.EPOCH);
        KeyFiles.activate(leaving, key.kid());
        Instant retired = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(5);
        KeyFiles.retire(rig.keys().ring(), key, retired);
        var signer = new KeySigner(leaving, Clock.systemUTC());
        Command before = rig.intake().command(DemoSeed.SAM, "users.get", "{\"id\":\"" + DemoSeed.UMA + "\"}");
        OutgoingRecord after = rig.intake().sign(block(), signer);

        // When
        rig.intake().send(rig.intake().sign(before, signer));
        Outcome outcome = rig.tap().outcome(before);
        await().until(() -> Instant.now().isAfter(retired));

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(reasonOf(after)).isEqualTo("jws.key_not_valid");
    }

    @Test
    void A20_a_genuine_command_copied_to_another_partition_or_topic_is_quarantined() {
        // Given
        OutgoingRecord genuine = record(block());
        int elsewhere = (genuine.bind().partition() + 1) % Rig.PARTITIONS;
        byte[] key = genuine.bind().key().getBytes(StandardCharsets.UTF_8);

        // When
        RecordMetadata partition =
                rig.intake().send(Topics.COMMANDS, elsewhere, key, genuine.value(), genuine.headers());
        RecordMetadata topic = rig.intake()
                .send(Topics.COMMANDS_BULK, genuine.bind().partition(), key, genuine.value(), genuine.headers());

        // Then
        assertThat(rig.tap().reason(partition)).isEqualTo("bind.mismatch");
        assertThat(rig.tap().reason(topic)).isEqualTo("bind.mismatch");
    }

    @Test
    void A21_a_genuine_command_under_another_key_or_none_is_quarantined() {
        OutgoingRecord genuine = record(block());
        for (byte[] key :
                new byte[][] {"acme-prod|user|auth0|other".getBytes(StandardCharsets.UTF_8), new byte[0], null}) {
            RecordMetadata sent = rig.intake()
                    .send(genuine.bind().topic(), genuine.bind().partition(), key, genuine.value(), genuine.headers());
            assertThat(rig.tap().reason(sent)).isEqualTo("bind.mismatch");
        }
    }

    @Test
    void A22_the_tenant_in_the_key_and_the_tenant_in_the_claims_must_be_one() {
        Command command = block();
        Command swapped = Commands.bind(
                command,
                new Bind(
                        command.bind().topic(),
                        command.bind().partition(),
                        command.bind().key().replace(Rig.TENANT, "other")));

        assertThat(reasonOf(record(swapped))).isEqualTo("claims.inconsistent");
    }

    @Test
    void A23_A27_headers_that_repeat_lack_a_value_are_unknown_or_differ_are_quarantined() {
        // Given
        OutgoingRecord genuine = record(block());
        List<LogRecord.Header> headers = genuine.headers();
        List<List<LogRecord.Header>> bent = List.of(
                changed(headers, "ce_subject", bytes("acme-prod|user|auth0|other")),
                changed(headers, "ce_type", bytes("mandate-approval+jwt")),
                changed(headers, "ce_id", null),
                plus(headers, "ce_id", bytes("x")),
                plus(headers, "x-tenant", bytes("other")),
                headers.stream().filter(h -> !h.name().equals("ce_time")).toList());
        // When, then
        for (List<LogRecord.Header> each : bent) {
            assertThat(rig.tap().reason(sendWith(genuine, each))).isEqualTo("headers.mismatch");
        }
        assertThat(rig.tap()
                        .reason(sendWith(genuine, changed(headers, EventHeaders.CONTENT_TYPE, bytes("text/plain")))))
                .isEqualTo("record.content_type");
        assertThat(rig.tap().reason(sendWith(genuine, plus(headers, EventHeaders.CONTENT_TYPE, bytes("x")))))
                .isEqualTo("record.content_type");
    }

    @Test
    void A19_A28_a_command_signed_long_before_or_after_it_was_appended_is_quarantined() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (Duration shift : List.of(Duration.ofMinutes(-10), Duration.ofMinutes(5))) {
            Instant issued = now.plus(shift);
            assertThat(reasonOf(record(Commands.times(block(), issued, issued.plus(Duration.ofHours(1))))))
                    .isEqualTo("claims.issued_at");
        }
    }

    @Test
    void A33_claims_nested_deeper_than_anybody_needs_are_quarantined() {
        String deep = "[".repeat(5000) + "]".repeat(5000);
        byte[] payload = text(StrictJson.write(block()))
                .replaceFirst("\"sub\"", "\"deep\":" + deep + ",\"sub\"")
                .getBytes(StandardCharsets.UTF_8);
        byte[] jws =
                rig.keys().intakeSigner().sign(StatementType.COMMAND, payload).getBytes(StandardCharsets.US_ASCII);

        assertThat(reasonOf(with(record(block()), jws))).isEqualTo("claims.malformed");
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

    private static String reasonOf(OutgoingRecord record) {
        return rig.tap().reason(rig.intake().send(record));
    }

    private static RecordMetadata sendWith(OutgoingRecord record, List<LogRecord.Header> headers) {
        return rig.intake()
                .send(
                        record.bind().topic(),
                        record.bind().partition(),
                        bytes(record.bind().key()),
                        record.value(),
                        headers);
    }
}
