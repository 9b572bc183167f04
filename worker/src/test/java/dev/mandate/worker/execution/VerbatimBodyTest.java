package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
