package dev.mandate.api.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.configuration.SharedSecret;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.Lane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestHashTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();

    @TempDir
    Path directory;

    private RequestHash hash;

    @BeforeEach
    void setUp() throws IOException {
        hash = withSecret((byte) 1);
    }

    @Test
    void the_order_of_members_does_not_matter() {
        assertThat(of("""
                {"tenant":"t","action":"users.update","arguments":{"id":"a","body":{"blocked":true,"nickname":"x"}}}""")).isEqualTo(of("""
                {"arguments":{"body":{"nickname":"x","blocked":true},"id":"a"},"action":"users.update","tenant":"t"}"""));
    }

    @Test
    void every_part_of_a_request_counts() {
        String base = of(TestSubmissions.block("auth0|1"));

        assertThat(of(TestSubmissions.block("auth0|2"))).isNotEqualTo(base);
        assertThat(of(TestSubmissions.block("auth0|1").replace("INC-4711", "INC-1")))
                .isNotEqualTo(base);
        assertThat(of(TestSubmissions.block("auth0|1").replace("true", "false")))
                .isNotEqualTo(base);
        assertThat(of(TestSubmissions.block("auth0|1").replace("acme-prod", "other")))
                .isNotEqualTo(base);
    }

    @Test
    void another_secret_is_another_request() {
        assertThat(of(TestSubmissions.password("auth0|1", "first")))
                .isNotEqualTo(of(TestSubmissions.password("auth0|1", "second")));
    }

    @Test
    void a_secret_can_not_be_guessed_without_the_intakes_key() throws IOException {
        // Given
        String ours = of(TestSubmissions.password("auth0|1", "first"));

        // When
        hash = withSecret((byte) 2);

        // Then
        assertThat(of(TestSubmissions.password("auth0|1", "first"))).isNotEqualTo(ours);
    }

    @Test
    void A75_a_secret_among_others_in_an_array_can_not_be_guessed_either() {
        // Given: an action whose secrets are elements of an array
        Action action = StrictJson.read("""
                {"action":"users.roles.assign","method":"POST","path":"/users/{id}/roles","pathParameters":[],
                 "queryParameters":[],"bodyRequired":true,"scopes":[],"scopeRules":[],"success":[204],"async":false,
                 "repeat":"idempotent","target":{"type":"user","ids":["/id"]},"affects":[],"marks":[],"ownForbidden":[],
                 "secretArguments":["/body/roles/*"],"secretResults":[],"destructive":false,"steps":[]}
                """.getBytes(StandardCharsets.UTF_8), Action.class);
        Submission submission = submission("""
                {"tenant":"t","action":"users.roles.assign","arguments":{"id":"a","body":{"roles":["s1","s2"]}}}""");

        // When, Then
        assertThat(RequestHash.withoutSecrets(action, submission.arguments()).toString())
                .doesNotContain("s1", "s2");
        assertThat(hash.of(action, submission, Lane.INTERACTIVE))
                .isNotEqualTo(hash.of(action, submission("""
                                {"tenant":"t","action":"users.roles.assign",
                                 "arguments":{"id":"a","body":{"roles":["s1","s3"]}}}"""), Lane.INTERACTIVE));
    }

    private String of(String body) {
        Submission submission = submission(body);
        Action action = CATALOGUE.find(submission.action()).orElseThrow();
        return hash.of(action, submission, Lane.INTERACTIVE);
    }

    private static Submission submission(String body) {
        return SubmissionReader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private RequestHash withSecret(byte first) throws IOException {
        byte[] bytes = new byte[32];
        bytes[0] = first;
        Path file = directory.resolve("secret-" + first);
        Files.write(file, bytes);
        return new RequestHash(SharedSecret.read(file));
    }
}
