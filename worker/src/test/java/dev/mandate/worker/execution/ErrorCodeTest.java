package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.worker.verification.Request;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodeTest {

    @AutoClose
    private final ExecutionBench bench = new ExecutionBench();

    @ParameterizedTest
    @CsvSource({"400, invalid_body", "403, insufficient_scope", "409, auth0_idp_error"})
    void a_refusals_code_is_journaled_and_its_text_is_not(int status, String code) throws Exception {
        AttemptResult.Ended ended = refused(status, "{\"errorCode\":\"" + code + "\",\"message\":\"a text\"}");

        assertThat(ended.upstream().orElseThrow().errorCode()).contains(code);
        assertThat(ended.error()).contains(new OutcomeError("upstream.refused", "Auth0 refused it"));
        assertThat(ended.toString()).doesNotContain("a text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"errorCode\":7}",
                "{\"errorCode\":null}",
                "{\"errorCode\":\"\"}",
                "{\"errorCode\":\"Password is too weak\"}",
                "{\"errorCode\":\"oneword\"}",
                "{\"errorCode\":\"S3cret_Word\"}",
                "{\"errorCode\":\"a_very_long_code_that_has_more_to_say_than_any_code\"}",
                "{\"errorCode\":\"invalid_body\\n\"}",
                "{\"errorCode\":\"invalid_body\""
            })
    void what_does_not_look_like_a_code_is_not_journaled(String body) throws Exception {
        assertThat(refused(400, body).upstream().orElseThrow().errorCode()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"my_secret_word", "the_my_secret_word", "secret_word", "a_certain_name"})
    void A75_a_code_that_repeats_what_was_sent_is_not_journaled(String code) throws Exception {
        assertThat(refused(400, "{\"errorCode\":\"" + code + "\"}")
                        .upstream()
                        .orElseThrow()
                        .errorCode())
                .isEmpty();
    }

    @Test
    void what_is_done_has_no_error_code() throws Exception {
        bench.auth0().answers(exchange -> StandIn.json(exchange, 200, "{\"errorCode\":\"invalid_body\"}"));

        var ended = (AttemptResult.Ended) bench.attempt(request(), 1, false);

        assertThat(ended.upstream().orElseThrow().errorCode()).isEqualTo(Optional.empty());
    }

    private AttemptResult.Ended refused(int status, String body) throws InterruptedException {
        bench.auth0().answers(exchange -> StandIn.json(exchange, status, body));
        return (AttemptResult.Ended) bench.attempt(request(), 1, false);
    }

    private Request request() {
        return bench.sealedRequest(
                "users.update",
                StrictJson.parseObject(("{\"id\":\"auth0|uma\",\"body\":{\"password\":\"my_secret_word\","
                                + "\"user_metadata\":{\"x\":[\"a_certain_name\"]}}}")
                        .getBytes(StandardCharsets.UTF_8)));
    }
}
