package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;

class VerbatimBodyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":null,\"b\":1.0,\"c\":1e2,\"d\":\"\\u00e9é\\n\"}",
                "{ \"spaced\" : [ 1 , 2 ,\n {} ] }",
                "[\"a\",{\"body\":{}}]",
                "\"text \\\" with }\"",
                "null",
                "-0.5",
                "true",
                "{\"body\":{\"tctx\":{\"arguments\":{\"body\":1}}}}"
            })
    void the_body_is_cut_out_byte_for_byte(String body) {
        byte[] payload = payload(body);

        assertThat(VerbatimBody.of(payload, Map.of()).map(VerbatimBodyTest::text))
                .contains(body);
    }

    @Test
    void only_a_secret_is_replaced_and_everything_around_it_stays() {
        byte[] payload = payload("{\"z\":null, \"password\" : \"a.b.c\" ,\"list\":[1.0,\"x\"]}");

        var body = VerbatimBody.of(
                payload, Map.of(JsonPointer.compile("/body/password"), "\"S3crét\"".getBytes(StandardCharsets.UTF_8)));

        assertThat(body.map(VerbatimBodyTest::text))
                .contains("{\"z\":null, \"password\" : \"S3crét\" ,\"list\":[1.0,\"x\"]}");
    }

    @Test
    void secrets_in_lists_and_in_several_places_are_each_put_in_their_own() {
        byte[] payload = payload("{\"b\":[{\"key\":\"2\"},null,{\"key\":\"3\"}],\"a\":\"1\"}");

        var body = VerbatimBody.of(
                payload,
                Map.of(
                        JsonPointer.compile("/body/a"), bytes("{\"x\":1}"),
                        JsonPointer.compile("/body/b/0/key"), bytes("\"two\""),
                        JsonPointer.compile("/body/b/2/key"), bytes("[3]")));

        assertThat(body.map(VerbatimBodyTest::text))
                .contains("{\"b\":[{\"key\":\"two\"},null,{\"key\":[3]}],\"a\":{\"x\":1}}");
    }

    @Test
    void the_whole_body_may_be_a_secret_and_one_outside_of_it_does_not_matter_here() {
        var body = VerbatimBody.of(
                payload("\"a.b.c\""),
                Map.of(
                        JsonPointer.compile("/body"), bytes("{\"a\":null}"),
                        JsonPointer.compile("/query/body"), bytes("2")));

        assertThat(body.map(VerbatimBodyTest::text)).contains("{\"a\":null}");
    }

    @Test
    void a_secret_without_a_place_or_inside_another_is_never_guessed_at() {
        byte[] payload = payload("{\"a\":{\"b\":\"c\"}}");
        byte[] secret = bytes("1");

        assertThatThrownBy(() -> VerbatimBody.of(payload, Map.of(JsonPointer.compile("/body/b"), secret)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> VerbatimBody.of(
                        payload,
                        Map.of(JsonPointer.compile("/body/a"), secret, JsonPointer.compile("/body/a/b"), secret)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void arguments_without_a_body_have_none() {
        byte[] payload =
                "{\"body\":{\"a\":1},\"tctx\":{\"arguments\":{\"id\":\"x\"}}}".getBytes(StandardCharsets.UTF_8);

        assertThat(VerbatimBody.of(payload, Map.of())).isEmpty();
    }

    private static byte[] payload(String body) {
        return ("{\"iss\":\"é\",\"body\":0,\"tctx\":{\"arguments\":{\"id\":\"x\",\"query\":{\"body\":1},\"body\":"
                        + body + "},\"reason\":\"r\"},\"exp\":1}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
