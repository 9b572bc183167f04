package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.TestIssuer;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.api.testkit.TestTokens;
import dev.mandate.api.testkit.TopicLog;
import dev.mandate.contracts.topic.Topics;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a problem document with a stable code, and leaves nothing on Kafka. */
class BadInputIT {

    private static final String USER = "auth0|65b0000000000000000000aa";

    private final ApiHarness harness = ApiHarness.shared();
    private final Http http = harness.http();
    private final TopicLog commands = harness.log(Topics.COMMANDS);
    private final String administrator = harness.issuer().token(TestTokens.administrator());
    private long before;

    @BeforeEach
    void count() {
        before = commands.size();
    }

    @AfterEach
    void nothing_is_left_on_kafka() {
        assertThat(commands.size()).isEqualTo(before);
        commands.close();
    }

    @Test
    void an_unknown_action_is_refused() {
        var answer = http.submit(administrator, """
                {"tenant":"acme-prod","action":"users.everything","arguments":{}}""");

        assertRefused(answer, 422, "action.unknown");
        assertThat(answer.json().at("/errors/0/pointer").stringValue()).isEqualTo("/action");
    }

    @Test
    void an_argument_of_the_wrong_type_is_refused() {
        var answer = http.submit(administrator, """
                {"tenant":"acme-prod","action":"users.update","arguments":{"id":"%s","body":{"blocked":"yes"}}}""".formatted(USER));

        assertRefused(answer, 422, "arguments.invalid");
        assertThat(answer.json().at("/errors/0/pointer").stringValue()).isEqualTo("/arguments/body/blocked");
    }

    @Test
    void a_missing_argument_is_refused() {
        var answer = http.submit(administrator, """
                {"tenant":"acme-prod","action":"users.get","arguments":{}}""");

        assertRefused(answer, 422, "arguments.invalid");
    }

    @Test
    void A36_an_unknown_argument_is_refused() {
        var answer = http.submit(administrator, """
                {"tenant":"acme-prod","action":"users.update","arguments":{"id":"%s","body":{"is_admin":true}}}""".formatted(USER));

        assertRefused(answer, 422, "arguments.invalid");
    }

    @Test
    void an_unknown_member_is_refused() {
        var answer = http.submit(administrator, """
                {"tenant":"acme-prod","action":"users.get","arguments":{"id":"%s"},"sudo":true}""".formatted(USER));

        assertRefused(answer, 400, "request.invalid");
        assertThat(answer.json().at("/errors/0/pointer").stringValue()).isEqualTo("/sudo");
    }

    @Test
    void A10_a_repeated_member_is_refused() {
        var answer = http.submit(administrator, """
                {"tenant":"acme-prod","action":"users.get","action":"users.delete","arguments":{"id":"%s"}}""".formatted(USER));

        assertRefused(answer, 400, "request.malformed");
    }

    @Test
    void a_token_that_may_expire_before_its_command_is_in_the_log_commands_nothing() {
        // Given: valid now, and perhaps not any more when the broker appends, when the worker would not believe it
        String token = harness.issuer()
                .token(TestTokens.administrator().expiring(Instant.now().plusSeconds(12)));

        // When
        var answer = http.submit(token, TestSubmissions.block(USER));

        // Then
        assertRefused(answer, 401, "token.too_little_life");
        assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("error=\"invalid_token\"");
        assertThat(answer.json().get("detail").stringValue()).contains("Get a new one");
        assertThat(http.get("/v1/commands", token).status()).as("reading").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "auth0|a/../../clients/b", "%2e%2e", "a%2Fb", "a\\\\b", "a?b", "a#b", "a;b", ""})
    void A41_an_id_that_is_no_safe_path_segment_is_refused(String id) {
        assertRefused(http.submit(administrator, TestSubmissions.get(id)), 422, "arguments.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth0|a\\u0000", "auth0|a\\nb", "auth0|a\\u202eb", "auth0|a b"})
    void an_id_with_control_characters_or_spaces_is_refused(String id) {
        assertRefused(http.submit(administrator, TestSubmissions.get(id)), 422, "arguments.invalid");
    }

    @Test
    void an_id_of_ten_kilobytes_is_refused() {
        assertRefused(http.submit(administrator, TestSubmissions.get("a".repeat(10_240))), 422, "arguments.invalid");
    }

    @Test
    void A31_a_body_over_the_limit_is_refused() {
        String large = TestSubmissions.get(USER) + " ".repeat(64 * 1024);

        assertRefused(http.submit(administrator, large), 413, "request.too_large");
    }

    @Test
    void A31_a_body_over_the_limit_is_refused_when_it_does_not_say_its_length() {
        byte[] large = (TestSubmissions.get(USER) + " ".repeat(64 * 1024)).getBytes(StandardCharsets.UTF_8);

        var answer = http.send(
                http.command(administrator, "").POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(large))));

        assertRefused(answer, 413, "request.too_large");
    }

    @Test
    void A33_deep_json_is_refused() {
        String deep = "{\"tenant\":\"acme-prod\",\"action\":\"users.get\",\"arguments\":" + "[".repeat(1000)
                + "]".repeat(1000) + "}";

        assertRefused(http.submit(administrator, deep), 400, "request.malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data"})
    void another_content_type_is_refused(String contentType) {
        var answer = http.send(
                http.command(administrator, TestSubmissions.get(USER)).setHeader("Content-Type", contentType));

        assertRefused(answer, 415, "request.content_type");
    }

    @Test
    void a_request_without_a_token_is_refused() {
        var answer = http.send(http.request("/v1/commands")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(TestSubmissions.get(USER))));

        assertRefused(answer, 401, "token.missing");
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b", "a.b.c.d", "ey J0", "...", "eyJhbGciOiJSUzI1NiJ9..", "{}.{}.{}"})
    void a_malformed_token_is_refused(String token) {
        var answer = http.submit(token, TestSubmissions.get(USER));

        assertRefused(answer, 401, "token.malformed");
        assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("error=\"invalid_token\"");
    }

    @Test
    void a_token_elsewhere_than_in_the_header_is_not_looked_for() {
        var answer = http.send(http.request("/v1/commands?access_token=" + administrator)
                .header("Content-Type", "application/json")
                .header("Cookie", "access_token=" + administrator)
                .POST(HttpRequest.BodyPublishers.ofString(TestSubmissions.get(USER))));

        assertRefused(answer, 401, "token.missing");
    }

    @Test
    void an_expired_token_is_refused() {
        String expired = harness.issuer()
                .token(TestTokens.administrator().expiring(Instant.now().minusSeconds(5)));

        assertRefused(http.submit(expired, TestSubmissions.get(USER)), 401, "token.expired");
    }

    @Test
    void a_token_for_another_audience_is_refused() {
        String other = harness.issuer().token(TestTokens.administrator().with("aud", List.of("https://other/")));

        assertRefused(http.submit(other, TestSubmissions.get(USER)), 401, "token.audience");
    }

    @Test
    void a_token_of_another_issuer_is_refused() {
        try (TestIssuer other = TestIssuer.start()) {
            String foreign = other.token(TestTokens.administrator());

            assertRefused(http.submit(foreign, TestSubmissions.get(USER)), 401, "token.issuer");
        }
    }

    @Test
    void A2_a_token_without_signature_is_refused() {
        String header = Base64URL.encode("{\"alg\":\"none\",\"typ\":\"JWT\"}").toString();

        assertRefused(
                http.submit(header + "." + administrator.split("\\.")[1] + ".", TestSubmissions.get(USER)),
                401,
                "token.algorithm");
    }

    @Test
    void A3_a_token_signed_with_the_public_key_as_a_shared_secret_is_refused() throws Exception {
        // Given
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .keyID(harness.issuer().key().getKeyID())
                .build();
        var forged =
                new JWSObject(header, new Payload(new Base64URL(administrator.split("\\.")[1])));
        forged.sign(new MACSigner(harness.issuer().key().toECPublicKey().getEncoded()));

        // Then
        assertRefused(http.submit(forged.serialize(), TestSubmissions.get(USER)), 401, "token.algorithm");
    }

    @Test
    void A11_a_token_of_another_type_is_refused() {
        String other = harness.issuer()
                .token(TestTokens.administrator(), header -> header.type(new JOSEObjectType("secevent+jwt")));

        assertRefused(http.submit(other, TestSubmissions.get(USER)), 401, "token.type");
    }

    @Test
    void a_forged_token_is_refused() {
        String forged = harness.issuer().forged(TestTokens.administrator());

        assertRefused(http.submit(forged, TestSubmissions.get(USER)), 401, "token.invalid");
    }

    @Test
    void a_malformed_idempotency_key_is_refused() {
        var answer =
                http.send(http.command(administrator, TestSubmissions.get(USER)).header("Idempotency-Key", "a b"));

        assertRefused(answer, 400, "idempotency.malformed");
    }

    @Test
    void a_dry_run_that_is_neither_true_nor_false_is_refused() {
        var answer = http.send(http.request("/v1/commands?dry_run=maybe")
                .header("Authorization", "Bearer " + administrator)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(TestSubmissions.get(USER))));

        assertRefused(answer, 400, "request.invalid");
    }

    @Test
    void another_method_is_refused() {
        var answer = http.send(http.request("/v1/commands")
                .header("Authorization", "Bearer " + administrator)
                .PUT(HttpRequest.BodyPublishers.noBody()));

        assertRefused(answer, 405, "request.method");
    }

    /** Nothing reads a body for a caller who has not been asked for a token. */
    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "POST"})
    void a_form_of_somebody_unknown_is_refused_before_it_has_arrived(String method) throws Exception {
        try (var socket = http.begin(method + " /v1/commands HTTP/1.1\r\nHost: a\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\na=b")) {
            socket.setSoTimeout(5000);

            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

            assertThat(answer).isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void another_path_is_not_found() {
        assertRefused(http.get("/v2/commands", administrator), 404, "request.not_found");
    }

    @Test
    void a_path_with_tricks_is_refused() {
        var answer = http.get("/v1/actions;x=1/..%2f", administrator);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("Tomcat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/actions?<> HTTP/1.1\r\nHost: a\r\n\r\n",
                "GARBAGE\r\n\r\n",
                "GET /v1/actions HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "POST /v1/commands HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"
            })
    void what_is_not_http_is_refused_without_telling_anything(String request) throws Exception {
        String answer = http.raw(request);

        assertThat(answer).startsWith("HTTP/1.1 400");
        assertThat(answer).doesNotContain("Tomcat").doesNotContain("Exception").doesNotContain("Server:");
    }

    private static void assertRefused(Http.Answer answer, int status, String code) {
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("dev.mandate.api");
    }
}
