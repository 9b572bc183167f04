package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth0|65b0f1",
                "google-oauth2|1234567890",
                "org_abc",
                "rol_1",
                "samlp|x|name@example.com",
                "a.b",
                "...",
                "..a",
                "auth0|J\u00f6rg",
                "+49",
                "a:b",
                "a,b",
                "~",
                "a=b&c"
            })
    void an_id_as_auth0_makes_them_is_safe(String id) {
        assertThat(SafeId.of(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "auth0|x/../../clients/abc",
                "/",
                "a/b",
                "\\",
                "a\\..\\b",
                "%2e%2e",
                "%2F",
                "a%00",
                "a;b",
                "a?b",
                "a#b",
                " ",
                "a b",
                "a\u0000b",
                "a\tb",
                "a\nb",
                "a\r\nX-Evil: 1",
                "a\u007f",
                "a\u0085b",
                "a\u00a0b",
                "a\u2028b",
                "a\u2029b",
                "a\u200bb",
                "a\u202eb",
                "a\u2066b",
                "\ufeffa",
                "a\ue000b",
                "a\u0378b",
                "a\ud800b",
                "e\u0301"
            })
    void A41_A45_an_id_that_could_lead_elsewhere_or_deceive_is_not(String id) {
        assertThat(SafeId.of(id)).isFalse();
    }

    @Test
    void A33_an_id_has_at_most_255_characters() {
        assertThat(SafeId.of("a".repeat(255))).isTrue();
        assertThat(SafeId.of("a".repeat(256))).isFalse();
        assertThat(SafeId.of("a".repeat(10_000))).isFalse();
    }

    @Test
    void an_apis_identifier_is_a_uri() {
        assertThat(SafeId.ofApi("https://api.example.com/v1?x=1#y")).isTrue();
        assertThat(SafeId.ofApi("urn:orders")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "https://a b", "https://a\r\nb", "https://a\u202eb", "e\u0301"})
    void A41_A45_an_apis_identifier_deceives_nobody(String identifier) {
        assertThat(SafeId.ofApi(identifier)).isFalse();
    }
}
