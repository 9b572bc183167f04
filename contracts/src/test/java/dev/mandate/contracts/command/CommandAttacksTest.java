package dev.mandate.contracts.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.RawJws;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.KeyFiles;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.topic.EventHeaders;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Header;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.RecordChecks;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody could append to a command topic, with and without keys. Whatever it is, the reader says why not. */
class CommandAttacksTest {

    private static final String TYPE = "\"typ\":\"mandate-command+jwt\"";

    @TempDir
    private static Path directory;

    private static TestKeys keys;
    private static String kid;
    private static CommandReader reader;
    private static Command command;
    private static OutgoingRecord genuine;

    @BeforeAll
    static void makeOneGenuineCommand() {
        keys = TestKeys.in(directory, Clock.systemUTC());
        kid = keys.intakeKey().kid();
        reader = new CommandReader(keys.verifier(), TestCommands.ENVIRONMENT);
        command = TestCommands.blockUser(
                "auth0|1", TestCommands.requester("https://issuer/", List.of()), Clock.systemUTC());
        genuine = new CommandWriter(keys.intakeSigner()).write(command);
    }

    @Test
    void the_genuine_record_is_taken() throws Exception {
        assertThat(reader.read(found(genuine.value())).command()).isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a", "a.b.c", "garbage", "{}", "\u0000\u0000"})
    void A1_what_is_not_a_signed_statement_is_refused(String value) {
        assertRejected(found(ascii(value)), RejectionCode.JWS_MALFORMED);
    }

    @Test
    void A1_random_bytes_are_refused_and_nothing_else_happens() {
        var random = new Random(4711);
        for (int i = 0; i < 500; i++) {
            byte[] value = new byte[random.nextInt(1, 400)];
            random.nextBytes(value);
            assertRejected(found(value), RejectionCode.JWS_MALFORMED);
        }
    }

    @Test
    void A1_a_genuine_record_with_any_character_changed_is_refused() {
        var random = new Random(4711);
        for (int i = 0; i < 500; i++) {
            byte[] value = genuine.value().clone();
            int at = random.nextInt(value.length);
            value[at] = (byte) (value[at] == 'A' ? 'B' : 'A');
            assertThatThrownBy(() -> reader.read(found(value))).isInstanceOf(RejectedException.class);
        }
    }

    @Test
    void A1_a_record_signed_with_a_key_that_is_not_in_the_ring_is_refused() throws Exception {
        // Given
        Path own = directory.resolve("attacker");
        PublicKeyEntry key = KeyFiles.generate(own, "intake", TestKeys.INTAKE_TYPES, Instant.EPOCH);
        KeyFiles.activate(own, key.kid());

        // When, then
        assertRejected(found(RawJws.sign(own, header(key.kid()), payload())), RejectionCode.JWS_KEY_UNKNOWN);
        assertRejected(found(RawJws.sign(own, header(kid), payload())), RejectionCode.JWS_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "NoNe", "NONE", "", " Ed25519", "ed25519"})
    void A2_another_algorithm_is_refused_even_over_a_good_signature(String algorithm) {
        assertRejected(
                signed("{" + TYPE + ",\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\"}"),
                RejectionCode.JWS_HEADER);
    }

    @Test
    void A2_alg_none_with_an_empty_signature_is_refused() {
        String header = RawJws.encode(ascii("{" + TYPE + ",\"alg\":\"none\",\"kid\":\"" + kid + "\"}"));
        assertRejected(found(ascii(header + "." + RawJws.encode(payload()) + ".")), RejectionCode.JWS_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS512"})
    void A3_a_mac_with_the_public_key_as_secret_is_refused(String algorithm) throws Exception {
        String header = "{" + TYPE + ",\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\"}";
        String input = RawJws.encode(ascii(header)) + "." + RawJws.encode(payload());
        String name = "HmacSHA" + algorithm.substring(2);
        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(keys.intakeKey().raw(), name));
        String forged = input + "." + RawJws.encode(mac.doFinal(ascii(input)));
        assertRejected(found(ascii(forged)), RejectionCode.JWS_HEADER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EdDSA", "Ed448", "ES256", "ES384", "RS256", "PS256", "ML-DSA-65"})
    void A4_a_key_is_used_with_its_own_algorithm_alone(String algorithm) {
        assertRejected(
                signed("{" + TYPE + ",\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\"}"),
                RejectionCode.JWS_HEADER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"jwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}",
                "\"jku\":\"https://attacker.example/jwks.json\"",
                "\"x5u\":\"https://attacker.example/chain.pem\"",
                "\"x5c\":[\"AA\"]",
                "\"x5t\":\"AA\"",
                "\"crit\":[\"b64\"]",
                "\"crit\":[\"exp\"],\"exp\":1",
                "\"b64\":false",
                "\"zip\":\"DEF\"",
                "\"cty\":\"JWT\"",
                "\"iss\":\"https://mandate.example/intake\"",
                "\"alg\":\"Ed25519\"",
                "\"kid\":\"other\"",
                "\"typ\":\"secevent+jwt\""
            })
    void A5_A6_A8_A10_a_header_with_anything_more_is_refused_without_being_understood(String member) {
        assertRejected(signed("{" + member + "," + header(kid).substring(1)), RejectionCode.JWS_HEADER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"Ed25519\",\"kid\":\"KID\"}",
                "{\"typ\":\"mandate-command+jwt\",\"kid\":\"KID\"}",
                "{\"typ\":\"mandate-command+jwt\",\"alg\":\"Ed25519\"}",
                "{\"typ\":null,\"alg\":\"Ed25519\",\"kid\":\"KID\"}",
                "{\"typ\":\"mandate-command+jwt\",\"alg\":null,\"kid\":\"KID\"}",
                "{\"typ\":\"mandate-command+jwt\",\"alg\":\"Ed25519\",\"kid\":null}",
                "{\"typ\":\"mandate-command+jwt\",\"alg\":[\"Ed25519\"],\"kid\":\"KID\"}",
                "{\"typ\":\"mandate-command+jwt\",\"alg\":\"Ed25519\",\"kid\":1}",
                "{}",
                "[]",
                "null",
                "\"KID\""
            })
    void A10_a_header_with_anything_less_is_refused(String header) {
        assertRejected(signed(header.replace("KID", kid)), RejectionCode.JWS_HEADER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../dev/null",
                "..",
                "/etc/passwd",
                "' OR 1=1 --",
                "\\u0000",
                "%2e%2e%2f",
                "https://attacker.example/key",
                "KID ",
                "KID\\u0000",
                ""
            })
    void A7_a_kid_is_looked_up_and_nothing_else(String name) {
        assertRejected(signed(header(name.replace("KID", kid))), RejectionCode.JWS_KEY_UNKNOWN);
    }

    @Test
    void A7_a_kid_of_10_kilobytes_is_refused() {
        assertRejected(signed(header("k".repeat(10_000))), RejectionCode.JWS_HEADER);
    }

    @Test
    void A9_every_other_notation_of_a_genuine_jws_is_refused() {
        String jws = new String(genuine.value(), StandardCharsets.US_ASCII);
        String[] parts = jws.split("\\.");
        List<String> notations = List.of(
                jws + ".",
                "." + jws,
                jws + "\n",
                " " + jws,
                jws.replaceFirst("\\.", ".\n"),
                jws + "=",
                parts[0] + "=." + parts[1] + "." + parts[2],
                parts[0] + "." + parts[1],
                parts[0] + ".." + parts[2],
                jws + "." + parts[2],
                "{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\"" + parts[2]
                        + "\"}",
                "{\"payload\":\"" + parts[1] + "\",\"signatures\":[{\"protected\":\"" + parts[0] + "\",\"signature\":\""
                        + parts[2] + "\"}]}",
                parts[0] + "." + parts[1] + "." + trailingBit(parts[2]));
        for (String notation : notations) {
            assertRejected(found(ascii(notation)), RejectionCode.JWS_MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"iss\":\"https://mandate.example/intake\"",
                "\"sub\":\"auth0|administrator\"",
                "\"admin\":true",
                "\"nbf\":1",
                "\"@class\":\"dev.mandate.contracts.command.Command\""
            })
    void A10_A48_repeated_and_unknown_claims_are_refused(String claim) {
        assertRejected(claiming(json -> "{" + claim + "," + json.substring(1)), RejectionCode.CLAIMS_MALFORMED);
    }

    @Test
    void A10_claims_that_parsers_read_differently_are_refused() {
        assertRejected(claiming(json -> "\uFEFF" + json), RejectionCode.CLAIMS_MALFORMED);
        assertRejected(claiming(json -> json.replace("INC-4711", "\\ud800")), RejectionCode.CLAIMS_MALFORMED);
        assertRejected(claiming(json -> json.replace("\"blocked\":true", "\"a\":NaN")), RejectionCode.CLAIMS_MALFORMED);
        assertRejected(
                claiming(json -> json.replace("\"blocked\":true", "\"a\":1e400")), RejectionCode.CLAIMS_MALFORMED);
        assertRejected(
                claiming(json -> json.replace("\"blocked\":true", "\"a\":9007199254740993")),
                RejectionCode.CLAIMS_MALFORMED);
        assertRejected(claiming(json -> json + "{}"), RejectionCode.CLAIMS_MALFORMED);
    }

    @Test
    void A10_every_claim_that_is_null_is_refused() {
        for (String claim : List.of(
                "iss", "aud", "jti", "txn", "iat", "exp", "sub", "scope", "tctx", "rctx", "authz", "chain", "bind")) {
            assertRejected(
                    claiming(json -> {
                        var tree = StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8));
                        tree.putNull(claim);
                        return new String(StrictJson.write(tree), StandardCharsets.UTF_8);
                    }),
                    RejectionCode.CLAIMS_MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at+jwt",
                "JWT",
                "mandate-approval+jwt",
                "mandate-cancellation+jwt",
                "mandate-resolution+jwt",
                "mandate-receipt+jwt",
                "mandate-control+jwt",
                "secevent+jwt",
                "MANDATE-COMMAND+JWT",
                "application/mandate-command+jwt"
            })
    void A11_another_kind_of_statement_is_refused_here(String typ) {
        assertRejected(signed(header(kid).replace("mandate-command+jwt", typ)), RejectionCode.JWS_TYPE);
    }

    @Test
    void A11_the_workers_key_signs_no_commands() {
        byte[] value = RawJws.sign(keys.workerSigning(), header(keys.workerKey().kid()), payload());
        assertRejected(found(value), RejectionCode.JWS_KEY_NOT_VALID);
    }

    @Test
    void A13_a_command_of_another_environment_is_refused() {
        assertRejected(
                claiming(json -> json.replace("mandate:test:worker", "mandate:staging:worker")),
                RejectionCode.CLAIMS_AUDIENCE);
    }

    @Test
    void A20_a_genuine_record_found_in_another_partition_or_topic_is_refused() {
        Position right = position();
        assertRejected(
                at(
                        new Position(right.topic(), right.partition() + 1, 0),
                        genuine.bind().key()),
                RejectionCode.BIND_MISMATCH);
        assertRejected(
                at(
                        new Position(Topics.COMMANDS_BULK, right.partition(), 0),
                        genuine.bind().key()),
                RejectionCode.BIND_MISMATCH);
    }

    @Test
    void A21_a_genuine_record_under_another_key_is_refused() {
        assertRejected(at(position(), "acme-prod|user|auth0|2"), RejectionCode.BIND_MISMATCH);
        assertRejected(
                new LogRecord(position(), Instant.now(), null, genuine.value(), genuine.headers()),
                RejectionCode.BIND_MISMATCH);
    }

    @Test
    void A21_A22_claims_that_contradict_one_another_are_refused() {
        for (UnaryOperator<String> change : List.<UnaryOperator<String>>of(
                json -> json.replace("\"tenant\":\"acme-prod\"", "\"tenant\":\"other\""),
                json -> json.replace("\"scope\":\"users.update\"", "\"scope\":\"users.delete\""),
                json -> json.replace("\"lane\":\"interactive\"", "\"lane\":\"bulk\""),
                json -> json.replace(
                        "{\"type\":\"user\",\"id\":\"auth0|1\"}", "{\"type\":\"user\",\"id\":\"auth0|2\"}"))) {
            assertRejected(claiming(change), RejectionCode.CLAIMS_INCONSISTENT);
        }
    }

    @Test
    void A23_a_header_that_differs_from_its_claim_is_refused() {
        for (Header header : genuine.headers()) {
            String name = header.name();
            RejectionCode code = name.equals(EventHeaders.CONTENT_TYPE)
                    ? RejectionCode.RECORD_CONTENT_TYPE
                    : RejectionCode.HEADERS_MISMATCH;
            assertRejected(with(without(name), new Header(name, ascii("other"))), code);
            assertRejected(with(without(name)), code);
        }
    }

    @Test
    void A23_a_header_that_nothing_signed_says_is_refused_and_traceparent_is_let_pass() throws Exception {
        assertRejected(
                with(genuine.headers(), new Header("ce_tenant", ascii("acme-prod"))), RejectionCode.HEADERS_MISMATCH);
        assertRejected(with(genuine.headers(), new Header("CE_ID", ascii("x"))), RejectionCode.HEADERS_MISMATCH);
        assertThat(reader.read(with(genuine.headers(), new Header(EventHeaders.TRACEPARENT, ascii("00-1-2-01")))))
                .isNotNull();
    }

    @Test
    void A27_repeated_headers_and_headers_without_a_value_are_refused() {
        for (Header header : genuine.headers()) {
            String name = header.name();
            RejectionCode code = name.equals(EventHeaders.CONTENT_TYPE)
                    ? RejectionCode.RECORD_CONTENT_TYPE
                    : RejectionCode.HEADERS_MISMATCH;
            assertRejected(with(genuine.headers(), header), code);
            assertRejected(with(without(name), new Header(name, null)), code);
        }
        assertRejected(
                with(genuine.headers(), new Header(EventHeaders.TRACEPARENT, null)), RejectionCode.HEADERS_MISMATCH);
    }

    @Test
    void A18_A28_a_record_appended_at_another_time_than_it_was_signed_is_refused() throws Exception {
        Instant signed = command.issuedAt();
        assertThat(reader.read(at(signed.plus(RecordChecks.LATENESS)))).isNotNull();
        assertThat(reader.read(at(signed.minus(RecordChecks.SKEW)))).isNotNull();
        assertRejected(at(signed.plus(RecordChecks.LATENESS).plusMillis(1)), RejectionCode.CLAIMS_ISSUED_AT);
        assertRejected(at(signed.minus(RecordChecks.SKEW).minusMillis(1)), RejectionCode.CLAIMS_ISSUED_AT);
        assertRejected(at(signed.plus(Duration.ofDays(365))), RejectionCode.CLAIMS_ISSUED_AT);
    }

    @Test
    void A28_a_deadline_before_the_signing_is_refused() {
        assertRejected(
                claiming(json -> json.replace(
                        "\"exp\":" + command.deadline().getEpochSecond(),
                        "\"exp\":" + command.issuedAt().getEpochSecond())),
                RejectionCode.CLAIMS_INCONSISTENT);
    }

    @Test
    void A31_a_value_that_is_too_large_is_refused_before_it_is_looked_at() {
        assertRejected(found(new byte[CommandReader.MAX_BYTES + 1]), RejectionCode.RECORD_TOO_LARGE);
        assertRejected(found(new byte[CommandReader.MAX_BYTES]), RejectionCode.JWS_MALFORMED);
    }

    @Test
    void A33_claims_that_nest_too_deep_are_refused() {
        String deep = "{\"a\":".repeat(StrictJson.MAX_DEPTH) + "1" + "}".repeat(StrictJson.MAX_DEPTH);
        assertRejected(claiming(json -> json.replace("{\"blocked\":true}", deep)), RejectionCode.CLAIMS_MALFORMED);
    }

    @Test
    void A33_names_that_collide_in_hash_tables_cost_no_more_than_others() {
        // Given: 2^12 names with one hash code
        var names = new ArrayList<String>(List.of(""));
        for (int i = 0; i < 12; i++) {
            var longer = new ArrayList<String>();
            names.forEach(name -> longer.addAll(List.of(name + "Aa", name + "BB")));
            names.clear();
            names.addAll(longer);
        }
        assertThat(names)
                .extracting(String::hashCode)
                .containsOnly(names.getFirst().hashCode());
        String members = String.join(
                ",", names.stream().map(name -> "\"" + name + "\":1").toList());

        // When
        long before = System.nanoTime();
        var read = StrictJson.parseObject(("{" + members + "}").getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(read.size()).isEqualTo(1 << 12);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void A37_a_claim_that_asks_for_laxer_rules_is_unknown() {
        assertRejected(
                claiming(json -> json.replace("\"tctx\":{", "\"tctx\":{\"v\":0,")), RejectionCode.CLAIMS_MALFORMED);
    }

    @Test
    void A39_a_tombstone_is_refused() {
        assertRejected(
                new LogRecord(
                        position(),
                        Instant.now(),
                        genuine.bind().key().getBytes(StandardCharsets.UTF_8),
                        null,
                        genuine.headers()),
                RejectionCode.RECORD_EMPTY);
    }

    @Test
    void A46_a_reason_repeats_nothing_that_could_be_secret_or_forge_a_line_of_a_log() {
        for (String member : List.of("\"reason\":{\"hunter2\":1}", "\"reason\":\"x\",\"a\\r\\nhunter2\":1")) {
            assertThatThrownBy(() -> reader.read(claiming(json -> json.replace("\"reason\":\"INC-4711\"", member))))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageNotContaining("hunter2")
                    .hasMessageNotContaining("\n");
        }
    }

    private static LogRecord signed(String header) {
        return found(RawJws.sign(keys.intakeSigning(), header, payload()));
    }

    private static LogRecord claiming(UnaryOperator<String> change) {
        String json = new String(payload(), StandardCharsets.UTF_8);
        String changed = change.apply(json);
        assertThat(changed).isNotEqualTo(json);
        return found(RawJws.sign(keys.intakeSigning(), header(kid), changed.getBytes(StandardCharsets.UTF_8)));
    }

    private static String header(String name) {
        return "{" + TYPE + ",\"alg\":\"Ed25519\",\"kid\":\"" + name + "\"}";
    }

    private static byte[] payload() {
        return StrictJson.write(command);
    }

    private static Position position() {
        return new Position(genuine.bind().topic(), genuine.bind().partition(), 7);
    }

    private static LogRecord found(byte[] value) {
        return new LogRecord(
                position(),
                command.issuedAt(),
                genuine.bind().key().getBytes(StandardCharsets.UTF_8),
                value,
                genuine.headers());
    }

    private static LogRecord at(Instant appended) {
        return new LogRecord(
                position(),
                appended,
                genuine.bind().key().getBytes(StandardCharsets.UTF_8),
                genuine.value(),
                genuine.headers());
    }

    private static LogRecord at(Position position, String key) {
        return new LogRecord(
                position, command.issuedAt(), key.getBytes(StandardCharsets.UTF_8), genuine.value(), genuine.headers());
    }

    private static List<Header> without(String name) {
        return genuine.headers().stream()
                .filter(header -> !header.name().equals(name))
                .toList();
    }

    private static LogRecord with(List<Header> headers, Header... more) {
        var all = new ArrayList<>(headers);
        all.addAll(List.of(more));
        return new LogRecord(
                position(),
                command.issuedAt(),
                genuine.bind().key().getBytes(StandardCharsets.UTF_8),
                genuine.value(),
                all);
    }

    /** The same bytes with one of the bits set that base64url leaves over. */
    private static String trailingBit(String part) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char last = part.charAt(part.length() - 1);
        return part.substring(0, part.length() - 1) + alphabet.charAt(alphabet.indexOf(last) | 1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRejected(LogRecord record, RejectionCode code) {
        assertThatThrownBy(() -> reader.read(record))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
