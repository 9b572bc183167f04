package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.EventHeaders;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.QuarantineHeaders;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.tokens.TokenDraft;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.rig.Intake;
import dev.mandate.worker.rig.Rig;
import dev.mandate.worker.rig.Tap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
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
    void A20_a_genuine_command_copied_to_another_partition_or_topic_is_quarantined() {
        OutgoingRecord genuine = record(block());
        int elsewhere = (genuine.bind().partition() + 1) % Rig.PARTITIONS;
        byte[] key = genuine.bind().key().getBytes(StandardCharsets.UTF_8);

        RecordMetadata partition =
                rig.intake().send(Topics.COMMANDS, elsewhere, key, genuine.value(), genuine.headers());
        RecordMetadata topic = rig.intake()
                .send(Topics.COMMANDS_BULK, genuine.bind().partition(), key, genuine.value(), genuine.headers());

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
        OutgoingRecord genuine = record(block());
        List<LogRecord.Header> headers = genuine.headers();
        List<List<LogRecord.Header>> bent = List.of(
                changed(headers, "ce_subject", bytes("acme-prod|user|auth0|other")),
                changed(headers, "ce_type", bytes("mandate-approval+jwt")),
                changed(headers, "ce_id", null),
                plus(headers, "ce_id", bytes("x")),
                plus(headers, "x-tenant", bytes("other")),
                headers.stream().filter(h -> !h.name().equals("ce_time")).toList());
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
    void A31_a_value_beyond_the_limit_is_quarantined_whole_or_by_its_hash() {
        OutgoingRecord genuine = record(block());
        byte[] large = new byte[CommandReader.MAX_BYTES + 1];
        byte[] huge = new byte[1_000_000];

        var copied = rig.tap().quarantined(rig.intake().send(with(genuine, large)));
        var hashed = rig.tap().quarantined(rig.intake().send(with(genuine, huge)));

        assertThat(Tap.header(copied, QuarantineHeaders.REASON)).isEqualTo("record.too_large");
        assertThat(copied.value()).isEqualTo(large);
        assertThat(hashed.value()).isNull();
        assertThat(Tap.header(hashed, QuarantineHeaders.VALUE_HASH)).isEqualTo(Hashes.sha256(huge));
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
    void A34_what_is_quarantined_is_there_byte_for_byte_with_reason_and_origin() {
        // Given
        byte[] key = {1, 2, 3};
        byte[] value = {0, -1, 7};
        List<LogRecord.Header> headers = plus(plus(List.of(), "a", bytes("b")), "none", null);

        // When
        RecordMetadata sent = rig.intake().send(Topics.COMMANDS, 2, key, value, headers);
        var copy = rig.tap().quarantined(sent);

        // Then
        assertThat(copy.partition()).isEqualTo(2);
        assertThat(copy.key()).isEqualTo(key);
        assertThat(copy.value()).isEqualTo(value);
        assertThat(Tap.header(copy, QuarantineHeaders.ORIGINAL_PREFIX + "a")).isEqualTo("b");
        assertThat(copy.headers()
                        .lastHeader(QuarantineHeaders.ORIGINAL_PREFIX + "none")
                        .value())
                .isNull();
        assertThat(Tap.header(copy, QuarantineHeaders.WORKER)).startsWith("worker-1/");
    }

    @Test
    void A31_headers_without_number_are_no_way_to_hold_a_partition_up() {
        List<LogRecord.Header> many = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            many.add(new LogRecord.Header("h", new byte[0]));
        }

        var copy = rig.tap().quarantined(rig.intake().send(Topics.COMMANDS, 1, bytes("k"), new byte[400_000], many));

        assertThat(Tap.header(copy, QuarantineHeaders.REASON)).isEqualTo("record.too_large");
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

    @Test
    void A15_a_stolen_intake_key_alone_makes_no_command_because_there_is_no_token_of_the_person_named() {
        Command genuine = block();
        Requester ada = genuine.requester();
        String othersToken = rig.intake().token(DemoSeed.SAM);
        Requester sam = rig.intake().requester(othersToken, Intake.claims(othersToken));

        // Sealed by nobody, sealed for another token, somebody else's token under Ada's name.
        assertThat(reasonOf(record(Commands.requester(genuine, token(ada, ada.tokenHash(), "x.y.z")))))
                .isEqualTo("token.sealed");
        assertThat(reasonOf(record(Commands.requester(genuine, token(ada, sam.tokenHash(), ada.sealedToken())))))
                .isEqualTo("token.sealed");
        assertThat(reasonOf(record(Commands.requester(genuine, token(ada, sam.tokenHash(), sam.sealedToken())))))
                .isEqualTo("token.invalid");
    }

    @Test
    void A53_permissions_that_the_token_does_not_have_are_not_added_by_the_intake() {
        String token = rig.intake().token(DemoSeed.SAM);
        Requester sam = rig.intake().requester(token, Intake.claims(token));
        Requester inflated = new Requester(
                sam.issuer(),
                sam.organization(),
                List.of("read:users", "update:users"),
                sam.roles(),
                sam.application(),
                sam.acr(),
                sam.amr(),
                sam.authenticatedAt(),
                sam.ip(),
                sam.tokenHash(),
                sam.sealedToken());
        Command command = rig.intake().commandWith(token, "users.update", blocking(DemoSeed.UMA));

        assertThat(reasonOf(record(Commands.requester(command, inflated)))).isEqualTo("token.invalid");
    }

    @Test
    void A2_A3_A11_tokens_that_their_issuer_did_not_sign_for_this_audience_are_quarantined() throws Exception {
        TokenDraft good = rig.simulator().forge().access(DemoSeed.ADA, DemoSeed.CONSOLE, Rig.AUDIENCE);
        RSAKey attackers = new RSAKeyGenerator(2048).keyID("attackers").generate();
        byte[] publicKey = "the issuer's public key, which is no secret, as one".getBytes(StandardCharsets.US_ASCII);
        List<String> tokens = List.of(
                good.unsigned(),
                good.signedWithHs256(publicKey),
                good.signedBy(attackers),
                good.audience("https://other.example/api").signed(),
                good.issuer("https://other.example/").signed(),
                good.without("exp").signed(),
                good.expiring(Instant.now().minusSeconds(1)).signed(),
                good.claim("nbf", Instant.now().plusSeconds(600).getEpochSecond())
                        .signed(),
                good.type("dpop+jwt").signed());

        // The same command with the good token is taken: nothing else is wrong with it.
        Command control = rig.intake()
                .send(rig.intake().commandWith(good.signed(), "users.get", "{\"id\":\"" + DemoSeed.UMA + "\"}"));
        assertThat(rig.tap().outcome(control).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        for (String token : tokens) {
            Command command = rig.intake().commandWith(good.signed(), "users.update", blocking(DemoSeed.UMA));
            Requester bent = token(command.requester(), Hashes.tokenHash(token), sealed(token));
            assertThat(reasonOf(record(Commands.requester(command, bent)))).isEqualTo("token.invalid");
        }
    }

    private static Command block() {
        return rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA));
    }

    private static String blocking(String user) {
        return "{\"id\":\"" + user + "\",\"body\":{\"blocked\":true}}";
    }

    private static String sealed(String token) {
        return rig.intake()
                .requester(token, Intake.claims(rig.intake().token(DemoSeed.ADA)))
                .sealedToken();
    }

    private static Requester token(Requester r, String hash, String sealed) {
        return new Requester(
                r.issuer(),
                r.organization(),
                r.permissions(),
                r.roles(),
                r.application(),
                r.acr(),
                r.amr(),
                r.authenticatedAt(),
                r.ip(),
                hash,
                sealed);
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

    private static OutgoingRecord bend(OutgoingRecord record, UnaryOperator<String> change) {
        return with(record, change.apply(text(record.value())).getBytes(StandardCharsets.UTF_8));
    }

    private static OutgoingRecord with(OutgoingRecord record, byte[] value) {
        return new OutgoingRecord(record.bind(), value, record.headers(), record.payloadHash());
    }

    private static List<LogRecord.Header> changed(List<LogRecord.Header> headers, String name, byte[] value) {
        return headers.stream()
                .map(header -> header.name().equals(name) ? new LogRecord.Header(name, value) : header)
                .toList();
    }

    private static List<LogRecord.Header> plus(List<LogRecord.Header> headers, String name, byte[] value) {
        List<LogRecord.Header> more = new ArrayList<>(headers);
        more.add(new LogRecord.Header(name, value));
        return more;
    }

    private static String part(String jws, int number) {
        return jws.split("\\.", -1)[number];
    }

    private static byte[] decode(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
