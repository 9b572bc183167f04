package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.CapturedOutput;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.RunningApi;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.api.testkit.TestTokens;
import dev.mandate.api.testkit.TopicLog;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.Receipt;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.command.SecretArguments;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.sealing.UnsealException;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.KeyFiles;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A command that was acknowledged is in the log, signed, sealed and numbered, and nothing secret is in the clear. */
class AcceptedCommandIT {

    private final ApiHarness harness = ApiHarness.shared();
    private final Http http = harness.http();
    private final TopicLog commands = harness.log(Topics.COMMANDS);
    private final CommandReader reader = new CommandReader(harness.keys().verifier(), "test");

    @AfterEach
    void close() {
        commands.close();
    }

    @Test
    void an_accepted_command_is_in_the_log_as_its_receipt_says() throws Exception {
        // When
        String token = harness.issuer().token(TestTokens.administrator());
        Http.Answer answer = http.submit(token, TestSubmissions.block(newUser()));

        // Then
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Retry-After")).isPresent();
        String id = answer.json().get("id").stringValue();
        assertThat(answer.header("Location").orElseThrow()).startsWith("/v1/commands/" + id);
        assertThat(answer.json().get("status").stringValue()).isEqualTo("accepted");
        assertThat(answer.json().at("/links/self").stringValue()).startsWith("/v1/commands/" + id);

        ReceivedCommand found = find(id);
        assertThat(found.payloadHash())
                .isEqualTo(answer.json().get("payload_hash").stringValue());
        var receipt = harness.keys()
                .verifier()
                .verify(
                        answer.json().get("receipt").stringValue().getBytes(StandardCharsets.US_ASCII),
                        Set.of(StatementType.RECEIPT),
                        Instant.now());
        Receipt claims = StrictJson.read(receipt.payload(), Receipt.class);
        assertThat(claims.command()).isEqualTo(found.reference());
        assertThat(claims.chain()).isEqualTo(found.command().chain());
        assertThat(claims.subject()).isEqualTo("auth0|ada");
    }

    @Test
    void A59_a_command_records_who_asked_how_they_logged_in_and_what_was_decided() throws Exception {
        // When
        String token = harness.issuer()
                .token(TestTokens.administrator().with("org_id", "org_9").with("acr", "mfa"));
        String id = accepted(http.submit(token, TestSubmissions.block(newUser())));

        // Then
        Command command = find(id).command();
        assertThat(command.subject()).isEqualTo("auth0|ada");
        assertThat(command.clientId()).contains("console");
        assertThat(command.requester().issuer()).isEqualTo(harness.issuer().url());
        assertThat(command.requester().organization()).contains("org_9");
        assertThat(command.requester().acr()).contains("mfa");
        assertThat(command.requester().amr()).containsExactly("pwd", "mfa");
        assertThat(command.requester().authenticatedAt()).isPresent();
        assertThat(command.requester().ip()).contains("127.0.0.1");
        assertThat(command.authorization().decision()).isEqualTo(Effect.DEFER);
        assertThat(command.context().reason()).contains("INC-4711");
        assertThat(Duration.between(command.issuedAt(), command.deadline())).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void A60_the_recorded_address_is_that_of_the_connection() throws Exception {
        // When
        String token = harness.issuer().token(TestTokens.support());
        String id = accepted(http.send(http.command(token, TestSubmissions.get(newUser()))
                .header("X-Forwarded-For", "198.51.100.1")
                .header("Forwarded", "for=198.51.100.1;host=evil.example")
                .header("X-Forwarded-Host", "evil.example")));

        // Then
        assertThat(find(id).command().requester().ip()).contains("127.0.0.1");
    }

    @Test
    void only_the_worker_can_open_the_access_token() throws Exception {
        // When
        String token = harness.issuer().token(TestTokens.support());
        Command first = find(accepted(http.submit(token, TestSubmissions.get(newUser()))))
                .command();
        Command second = find(accepted(http.submit(token, TestSubmissions.get(newUser()))))
                .command();

        // Then
        String hash = Hashes.tokenHash(token);
        assertThat(first.requester().tokenHash()).isEqualTo(hash);
        assertThat(opened(first, first)).isEqualTo(token);
        assertThat(opened(second, second)).isEqualTo(token);
        assertThatThrownBy(() -> opened(first, second))
                .as("a token sealed for one command in another")
                .isInstanceOf(UnsealException.class);
    }

    private String opened(Command sealed, Command in) throws UnsealException {
        var context = SealingContext.token(in.requester().tokenHash(), in.id().value(), in.issuedAt(), in.bind());
        return new String(
                harness.keys().workerOpener().open(context, sealed.requester().sealedToken()),
                StandardCharsets.US_ASCII);
    }

    @Test
    void people_of_an_issuer_that_is_somebody_elses_code_are_served_too() throws Exception {
        // Given
        String token = harness.independent()
                .issueToken(
                        ApiHarness.INDEPENDENT,
                        "console",
                        new DefaultOAuth2TokenCallback(
                                ApiHarness.INDEPENDENT,
                                "auth0|sam",
                                "JWT",
                                List.of(TestTokens.AUDIENCE),
                                Map.of("permissions", List.of("read:users"), "azp", "console"),
                                600))
                .serialize();

        // When
        String id = accepted(http.submit(token, TestSubmissions.get(newUser())));

        // Then
        assertThat(find(id).command().subject()).isEqualTo("auth0|sam");
    }

    @Test
    void A75_a_password_is_in_no_topic_and_no_log() throws Exception {
        // Given
        String canary = "Canary-" + UUID.randomUUID();
        String token = harness.issuer().token(TestTokens.administrator());
        String user = newUser();

        // When
        Http.Answer answer;
        Http.Answer refused;
        String logs;
        try (CapturedOutput output = CapturedOutput.start()) {
            answer = http.submit(token, TestSubmissions.password(user, canary));
            refused =
                    http.submit(token, TestSubmissions.password(user, canary).replace("\"password\"", "\"passwort\""));
            logs = output.text();
        }

        // Then
        String id = accepted(answer);
        assertThat(refused.code()).isEqualTo("arguments.invalid");
        assertThat(refused.text()).doesNotContain(canary);
        assertThat(answer.text()).doesNotContain(canary);
        assertThat(logs).contains("/v1/commands").doesNotContain(canary).doesNotContain(token);
        assertThat(commands.records()).noneMatch(record -> holds(record, canary) || holds(record, token));

        Command command = find(id).command();
        var action = Catalogue.bundled().find("users.update").orElseThrow();
        var secrets = SecretArguments.open(
                action,
                command.id(),
                command.context().arguments(),
                harness.keys().workerOpener());
        assertThat(secrets.values())
                .singleElement()
                .satisfies(secret ->
                        assertThat(new String(secret, StandardCharsets.UTF_8)).isEqualTo("\"" + canary + "\""));
    }

    @Test
    void the_same_request_under_the_same_key_is_the_same_command() throws Exception {
        // Given
        String token = harness.issuer().token(TestTokens.administrator());
        String key = UUID.randomUUID().toString();
        String body = TestSubmissions.block(newUser());

        // When
        String first = accepted(http.send(http.command(token, body).header("Idempotency-Key", key)));
        String second = accepted(http.send(http.command(token, body).header("Idempotency-Key", "\"" + key + "\"")));

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(first.charAt(14)).as("UUID version").isEqualTo('8');
        List<Command> both = all(first);
        assertThat(both).hasSize(2);
        assertThat(both)
                .extracting(command -> command.context().requestHash())
                .containsOnly(both.getFirst().context().requestHash());
    }

    @Test
    void A30_another_request_under_a_known_key_is_refused() {
        // Given
        String token = harness.issuer().token(TestTokens.administrator());
        String key = UUID.randomUUID().toString();
        String user = newUser();
        Http.Answer first =
                http.send(http.command(token, TestSubmissions.block(user)).header("Idempotency-Key", key));
        assertThat(http.get(first.header("Location").orElseThrow(), token).status())
                .isEqualTo(200);

        // When
        Http.Answer other =
                http.send(http.command(token, TestSubmissions.block(user).replace("true", "false"))
                        .header("Idempotency-Key", key));

        // Then
        assertThat(other.code()).isEqualTo("idempotency.conflict");
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void A30_a_key_that_workers_may_have_forgotten_is_refused_rather_than_done_again() {
        // Given
        String token = harness.issuer().token(TestTokens.administrator());
        String key = UUID.randomUUID().toString();
        String body = TestSubmissions.block(newUser());
        Http.Answer first = http.send(http.command(token, body).header("Idempotency-Key", key));
        assertThat(http.get(first.header("Location").orElseThrow(), token).status())
                .isEqualTo(200);
        var properties = new LinkedHashMap<>(harness.properties());
        properties.put("mandate.intake.key-life", "0s");

        try (RunningApi later = RunningApi.start(properties)) {
            // When
            Http.Answer again =
                    later.http().send(later.http().command(token, body).header("Idempotency-Key", key));

            // Then
            assertThat(again.code()).isEqualTo("idempotency.expired");
            assertThat(again.status()).isEqualTo(422);
        }
    }

    @Test
    void A29_the_key_of_another_person_is_another_key() {
        // Given
        String key = UUID.randomUUID().toString();
        String body = TestSubmissions.get(newUser());

        // When
        String ada = accepted(http.send(http.command(harness.issuer().token(TestTokens.administrator()), body)
                .header("Idempotency-Key", key)));
        String sam = accepted(http.send(
                http.command(harness.issuer().token(TestTokens.support()), body).header("Idempotency-Key", key)));

        // Then
        assertThat(sam).isNotEqualTo(ada);
    }

    @Test
    void A29_the_key_in_a_login_through_another_organization_is_another_key() throws Exception {
        // Given
        String key = UUID.randomUUID().toString();
        String user = newUser();
        String ofNine = harness.issuer().token(TestTokens.administrator().with("org_id", "org_9"));
        Http.Answer first =
                http.send(http.command(ofNine, TestSubmissions.block(user)).header("Idempotency-Key", key));
        assertThat(http.get(first.header("Location").orElseThrow(), ofNine).status())
                .isEqualTo(200);

        // When: the same person, through another organization and through none, asks for something else
        String other = TestSubmissions.block(user).replace("true", "false");
        String ofTen = harness.issuer().token(TestTokens.administrator().with("org_id", "org_10"));
        String ofNone = harness.issuer().token(TestTokens.administrator());
        String second = accepted(http.send(http.command(ofTen, other).header("Idempotency-Key", key)));
        String third = accepted(http.send(http.command(ofNone, other).header("Idempotency-Key", key)));

        // Then
        assertThat(List.of(accepted(first), second, third)).doesNotHaveDuplicates();
        assertThat(find(second).command().requester().organization()).contains("org_10");
    }

    @Test
    void without_a_key_every_request_is_a_command_of_its_own() {
        String token = harness.issuer().token(TestTokens.support());
        String body = TestSubmissions.get(newUser());

        String first = accepted(http.submit(token, body));

        assertThat(first.charAt(14)).as("UUID version").isEqualTo('7');
        assertThat(accepted(http.submit(token, body))).isNotEqualTo(first);
    }

    @Test
    void a_client_that_waits_in_vain_gets_202() {
        // When
        String token = harness.issuer().token(TestTokens.support());
        Http.Answer answer =
                http.send(http.command(token, TestSubmissions.get(newUser())).header("Prefer", "wait=1"));

        // Then
        assertThat(answer.status()).isEqualTo(202);
    }

    @Test
    void a_stranger_can_verify_a_command_with_the_published_keys_alone() throws Exception {
        // Given
        String id = accepted(http.submit(harness.issuer().token(TestTokens.support()), TestSubmissions.get(newUser())));
        JWKSet published = JWKSet.parse(http.get("/.well-known/jwks.json").text());
        LogRecord record = commands.records().stream()
                .filter(found -> holds(found, id))
                .findFirst()
                .orElseThrow();

        // When
        JWSObject jws = JWSObject.parse(new String(record.value(), StandardCharsets.US_ASCII));
        OctetKeyPair key = published.getKeyByKeyId(jws.getHeader().getKeyID()).toOctetKeyPair();
        var verification = new Ed25519Signer();
        verification.init(false, new Ed25519PublicKeyParameters(key.getDecodedX(), 0));
        byte[] signed = jws.getSigningInput();
        verification.update(signed, 0, signed.length);

        // Then
        assertThat(verification.verifySignature(jws.getSignature().decode())).isTrue();
        assertThat(jws.getHeader().toJSONObject().keySet()).containsExactlyInAnyOrder("typ", "alg", "kid");
        assertThat(published.getKeys()).noneMatch(jwk -> jwk.isPrivate());
    }

    @Test
    void after_a_rotation_commands_are_signed_with_the_new_key_and_the_old_one_stays_published() throws Exception {
        // Given
        String token = harness.issuer().token(TestTokens.support());
        ReceivedCommand before = find(accepted(http.submit(token, TestSubmissions.get(newUser()))));
        PublicKeyEntry next = KeyFiles.generate(
                harness.keys().intakeSigning(),
                "intake",
                dev.mandate.contracts.TestKeys.INTAKE_TYPES,
                Instant.now().minusSeconds(60));
        KeyFiles.publish(harness.keys().ring(), next);

        // When
        KeyFiles.activate(harness.keys().intakeSigning(), next.kid());

        // Then
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            ReceivedCommand after = find(accepted(http.submit(token, TestSubmissions.get(newUser()))));
            assertThat(after.kid()).isEqualTo(next.kid());
        });
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                JWKSet.parse(http.get("/.well-known/jwks.json").text())
                                        .getKeys())
                        .extracting(jwk -> jwk.getKeyID())
                        .contains(before.kid(), next.kid()));
    }

    private static String newUser() {
        return "auth0|" + UUID.randomUUID().toString().replace("-", "");
    }

    private static String accepted(Http.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().get("id").stringValue();
    }

    private ReceivedCommand find(String id) throws RejectedException {
        for (LogRecord record : commands.records()) {
            ReceivedCommand command = reader.read(record);
            if (command.command().id().value().equals(id)) {
                return command;
            }
        }
        throw new AssertionError("No command " + id + " in the log");
    }

    private List<Command> all(String id) throws RejectedException {
        var found = new java.util.ArrayList<Command>();
        for (LogRecord record : commands.records()) {
            Command command = reader.read(record).command();
            if (command.id().value().equals(id)) {
                found.add(command);
            }
        }
        return found;
    }

    /** Whether a record shows this text anywhere, its parts decoded or not. */
    private static boolean holds(LogRecord record, String text) {
        String value = new String(record.value(), StandardCharsets.US_ASCII);
        String payload =
                new String(java.util.Base64.getUrlDecoder().decode(value.split("\\.")[1]), StandardCharsets.UTF_8);
        String headers = Arrays.toString(record.headers().stream()
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .toArray());
        return (value + payload + headers + new String(record.key(), StandardCharsets.UTF_8)).contains(text);
    }
}
