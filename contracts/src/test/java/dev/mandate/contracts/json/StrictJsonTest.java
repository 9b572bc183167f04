package dev.mandate.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StrictJsonTest {

    record Sample(
            @JsonProperty(value = "text", required = true) String text,
            @JsonProperty(value = "number", required = true) long number,
            @JsonProperty(value = "flag", required = true) boolean flag,
            @JsonProperty(value = "at", required = true) Instant at,
            @JsonProperty(value = "list", required = true) List<String> list,
            @JsonProperty("maybe") Optional<String> maybe) {}

    private static final String GOOD =
            "{\"text\":\"a\",\"number\":1,\"flag\":true,\"at\":1795456800,\"list\":[\"b\"],\"maybe\":\"c\"}";

    @Test
    void a_record_reads_back_as_it_was_written() {
        Sample read = StrictJson.read(bytes(GOOD), Sample.class);
        assertThat(StrictJson.write(read)).isEqualTo(bytes(GOOD));
        assertThat(read.at()).isEqualTo(Instant.ofEpochSecond(1795456800));
    }

    @Test
    void what_is_optional_may_be_missing_and_is_not_written_when_it_is() {
        String without = GOOD.replace(",\"maybe\":\"c\"", "");
        Sample read = StrictJson.read(bytes(without), Sample.class);
        assertThat(read.maybe()).isEmpty();
        assertThat(StrictJson.write(read)).isEqualTo(bytes(without));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":9007199254740992}",
                "{\"a\":[123456789012345678901234567890,-9223372036854775808]}",
                "{\"a\":1E+400}"
            })
    void numbers_of_any_size_are_passed_on_as_they_are(String text) {
        assertThat(StrictJson.write(StrictJson.parseForeign(bytes(text)))).isEqualTo(bytes(text));
        assertThatThrownBy(() -> StrictJson.parse(bytes(text))).isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{\"a\":\"\\ud800\"}", "{\"\\udc00\":1}", "{\"a\":1} 2", "<html>", ""})
    void what_could_not_be_written_again_is_not_passed_on(String text) {
        assertThatThrownBy(() -> StrictJson.parseForeign(bytes(text))).isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":1e400}",
                "{\"a\":-1e400}",
                "{\"a\":9007199254740992}",
                "{\"a\":-9007199254740992}",
                "{\"a\":123456789012345678901234567890}",
                "{\"a\":-9223372036854775808}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":0x10}",
                "{\"a\":1}x",
                "{\"a\":1}{}",
                "{\"a\":1} ]",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,}",
                "[1,]",
                "{\"a\":1 /* comment */}",
                "// comment\n{\"a\":1}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"\\ud800\":1}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x41\"}",
                "{\"a\":tru}",
                "{\"a\":",
                "",
                " ",
            })
    void A10_what_two_parsers_could_read_differently_is_refused(String json) {
        assertMalformed(() -> StrictJson.parseObject(bytes(json)));
    }

    @Test
    void A10_a_byte_order_mark_and_other_encodings_are_refused() {
        assertMalformed(() -> StrictJson.parse(("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_8)));
        assertMalformed(() -> StrictJson.parse(GOOD.getBytes(StandardCharsets.UTF_16LE)));
        assertMalformed(() -> StrictJson.parse(GOOD.getBytes(StandardCharsets.UTF_16BE)));
        assertMalformed(() -> StrictJson.parse(GOOD.getBytes(StandardCharsets.UTF_16)));
        assertMalformed(() -> StrictJson.parse("{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)));
        // A surrogate pair, each half encoded by itself (CESU-8), and an overlong slash.
        assertMalformed(() -> StrictJson.parse(concat("\"", new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, "\"")));
        assertMalformed(() -> StrictJson.parse(concat("\"", new byte[] {(byte) 0xC0, (byte) 0xAF}, "\"")));
    }

    @Test
    void A33_what_nests_too_deep_is_refused() {
        String deepest = "[".repeat(StrictJson.MAX_DEPTH) + "]".repeat(StrictJson.MAX_DEPTH);
        assertThat(StrictJson.parse(bytes(deepest)).isArray()).isTrue();
        assertMalformed(() -> StrictJson.parse(bytes("[" + deepest + "]")));
        assertMalformed(() -> StrictJson.parse(bytes("[".repeat(1_000_000))));
        assertMalformed(() -> StrictJson.parse(bytes("{\"a\":".repeat(1_000_000))));
    }

    @Test
    void A33_long_numbers_and_names_are_refused() {
        assertMalformed(() -> StrictJson.parse(bytes("1".repeat(100))));
        assertMalformed(() -> StrictJson.parse(bytes("0." + "1".repeat(100_000))));
        assertMalformed(() -> StrictJson.parse(bytes("{\"" + "a".repeat(2000) + "\":1}")));
    }

    @Test
    void the_largest_exact_integers_are_taken() {
        JsonNode read = StrictJson.parse(bytes("[9007199254740991,-9007199254740991,0.5,-0,1E3]"));
        assertThat(read.get(0).longValue()).isEqualTo(9007199254740991L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"text\":1,\"number\":1,\"flag\":true,\"at\":1,\"list\":[]}",
                "{\"text\":true,\"number\":1,\"flag\":true,\"at\":1,\"list\":[]}",
                "{\"text\":null,\"number\":1,\"flag\":true,\"at\":1,\"list\":[]}",
                "{\"text\":[\"a\"],\"number\":1,\"flag\":true,\"at\":1,\"list\":[]}",
                "{\"text\":\"a\",\"number\":\"1\",\"flag\":true,\"at\":1,\"list\":[]}",
                "{\"text\":\"a\",\"number\":1.0,\"flag\":true,\"at\":1,\"list\":[]}",
                "{\"text\":\"a\",\"number\":true,\"flag\":true,\"at\":1,\"list\":[]}",
                "{\"text\":\"a\",\"number\":null,\"flag\":true,\"at\":1,\"list\":[]}",
                "{\"text\":\"a\",\"number\":\"\",\"flag\":true,\"at\":1,\"list\":[]}",
                "{\"text\":\"a\",\"number\":1,\"flag\":\"true\",\"at\":1,\"list\":[]}",
                "{\"text\":\"a\",\"number\":1,\"flag\":1,\"at\":1,\"list\":[]}",
                "{\"text\":\"a\",\"number\":1,\"flag\":null,\"at\":1,\"list\":[]}",
                "{\"text\":\"a\",\"number\":1,\"flag\":true,\"at\":\"1\",\"list\":[]}",
                "{\"text\":\"a\",\"number\":1,\"flag\":true,\"at\":1.5,\"list\":[]}",
                "{\"text\":\"a\",\"number\":1,\"flag\":true,\"at\":null,\"list\":[]}",
                "{\"text\":\"a\",\"number\":1,\"flag\":true,\"at\":\"2026-11-23T12:00:00Z\",\"list\":[]}",
                "{\"text\":\"a\",\"number\":1,\"flag\":true,\"at\":1,\"list\":\"a\"}",
                "{\"text\":\"a\",\"number\":1,\"flag\":true,\"at\":1,\"list\":null}",
                "{\"text\":\"a\",\"number\":1,\"flag\":true,\"at\":1,\"list\":[1]}",
                "{\"text\":\"a\",\"number\":1,\"flag\":true,\"at\":1,\"list\":[],\"more\":1}",
                "{\"text\":\"a\",\"number\":1,\"flag\":true,\"at\":1,\"list\":[],\"@class\":\"java.lang.Object\"}",
                "{\"TEXT\":\"a\",\"number\":1,\"flag\":true,\"at\":1,\"list\":[]}",
                "[]",
                "\"a\"",
                "null",
            })
    void A48_unknown_missing_null_and_coerced_members_are_refused(String json) {
        assertMalformed(() -> StrictJson.read(bytes(json), Sample.class));
    }

    @Test
    void a_refusal_repeats_nothing_of_what_was_refused() {
        for (String json : List.of(
                "{\"text\":\"hunter2\",\"text\":\"hunter2\"}",
                "{\"text\":\"hunter2",
                "{\"hunter2\":1}".replace("{", "{\"text\":\"hunter2\","),
                GOOD.replace("1795456800", "\"hunter2\""),
                GOOD.replace("\"maybe\"", "\"hunter2 is here\""),
                GOOD.replace("\"maybe\"", "\"\\nhunter2\""),
                "hunter2")) {
            assertThatThrownBy(() -> StrictJson.read(bytes(json), Sample.class))
                    .isInstanceOf(MalformedJsonException.class)
                    .hasMessageNotContaining("hunter2")
                    .hasNoCause();
        }
    }

    @Test
    void equal_values_have_equal_canonical_bytes_whatever_order_they_came_in() {
        JsonNode one = StrictJson.parse(bytes("{\"b\":[{\"d\":1,\"c\":null}],\"a\":\"x\"}"));
        JsonNode other = StrictJson.parse(bytes("{ \"a\" : \"\\u0078\", \"b\" : [ { \"c\" : null, \"d\" : 1 } ] }"));
        assertThat(StrictJson.canonical(one)).isEqualTo(StrictJson.canonical(other));
        JsonNode reordered = StrictJson.parse(bytes("[1,2]"));
        assertThat(StrictJson.canonical(reordered))
                .isNotEqualTo(StrictJson.canonical(StrictJson.parse(bytes("[2,1]"))));
    }

    private static void assertMalformed(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(MalformedJsonException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(String before, byte[] middle, String after) {
        var out = new java.io.ByteArrayOutputStream();
        out.writeBytes(bytes(before));
        out.writeBytes(middle);
        out.writeBytes(bytes(after));
        return out.toByteArray();
    }
}
