package dev.mandate.api.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mandate.api.problem.Problem;
import dev.mandate.api.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionReaderTest {

    @Test
    void a_submission_has_tenant_action_arguments_and_perhaps_a_reason() {
        Submission submission = read("""
                {"tenant":"t","action":"users.get","arguments":{"id":"auth0|1"},"reason":"INC-1"}""");

        assertThat(submission.action()).isEqualTo("users.get");
        assertThat(submission.arguments().get("id").stringValue()).isEqualTo("auth0|1");
        assertThat(submission.reason()).contains("INC-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}{}",
                "{\"tenant\":NaN}",
                "{\"tenant\":\"a\",\"tenant\":\"b\"}",
                "{\"arguments\":{\"a\":1e400}}",
                "\uFEFF{}"
            })
    void what_two_parsers_could_read_differently_is_malformed(String body) {
        assertThat(problem(body).code()).isEqualTo("request.malformed");
    }

    @Test
    void every_violation_is_named_at_once() {
        Problem problem = problem("""
                {"tenant":7,"arguments":[],"reason":"a\\u202Eb","x/y":1}""");

        assertThat(problem.code()).isEqualTo("request.invalid");
        assertThat(problem.errors())
                .extracting(Problem.Violation::pointer)
                .containsExactlyInAnyOrder("/x~1y", "/tenant", "/action", "/reason", "/arguments");
    }

    @Test
    void a_submission_never_shows_its_arguments() {
        Submission submission = read("""
                {"tenant":"t","action":"users.update","arguments":{"body":{"password":"S3cret"}}}""");

        assertThat(submission.toString()).doesNotContain("S3cret");
    }

    private static Submission read(String body) {
        return SubmissionReader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem problem(String body) {
        return catchThrowableOfType(ProblemException.class, () -> read(body)).problem();
    }
}
