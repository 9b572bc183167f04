package dev.mandate.sandbox.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.json.StrictJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hunt that finds nothing proves something only if it would have found it. */
class DisguisesTest {

    private static final String WORD = "cQ7xZ2k00a1";
    private static final Disguises DISGUISES = new Disguises("cQ7xZ2k", WORD.length());

    @Test
    void a_word_is_found_as_it_is_and_as_json_and_urls_write_it() {
        assertFound("password=" + WORD + "&");
        assertFound(new String(StrictJson.write(StrictJson.object().put("a", WORD)), StandardCharsets.UTF_8));
        assertFound(URLEncoder.encode("/" + WORD + "/", StandardCharsets.UTF_8));
    }

    @Test
    void a_word_is_found_in_hexadecimal() {
        assertFound("0x" + HexFormat.of().formatHex(WORD.getBytes(StandardCharsets.US_ASCII)) + "ff");
        assertFound(HexFormat.of().withUpperCase().formatHex(WORD.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 100})
    void a_word_is_found_in_base64_wherever_in_it_it_stands(int before) {
        for (String after : new String[] {"", "\"", "\"}", "\"}}", "~~~~~~~~"}) {
            var text = ("~".repeat(before) + WORD + after).getBytes(StandardCharsets.US_ASCII);
            assertFound(Base64.getEncoder().encodeToString(text));
            assertFound("\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(text) + "\"");
        }
    }

    @Test
    void several_words_are_told_apart() {
        assertThat(DISGUISES.in("cQ7xZ2k00a1, cQ7xZ2k00a2".getBytes(StandardCharsets.US_ASCII)))
                .containsExactly("cQ7xZ2k00a1", "cQ7xZ2k00a2");
    }

    @Test
    void a_word_that_is_cut_off_is_found_as_far_as_it_goes() {
        assertThat(DISGUISES.in("cQ7xZ2k0".getBytes(StandardCharsets.US_ASCII))).containsExactly("cQ7xZ2k0");
    }

    @Test
    void another_word_is_not_found() {
        var other = "CQ7XZ2K00A1".getBytes(StandardCharsets.US_ASCII);

        assertThat(DISGUISES.in(other)).isEmpty();
        assertThat(DISGUISES.in(Base64.getEncoder().encode(other))).isEmpty();
    }

    @Test
    void what_would_be_found_by_chance_is_not_looked_for() {
        assertThatThrownBy(() -> new Disguises("canary", 11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Disguises("can't be", 11)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertFound(String haystack) {
        assertThat(DISGUISES.in(haystack.getBytes(StandardCharsets.UTF_8)))
                .as(haystack)
                .containsExactly(WORD);
    }
}
