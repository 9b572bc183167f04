package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.json.StrictJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestUriTest {

    private static final URI BASE = URI.create("https://acme.eu.auth0.com/api/v2");

    @Test
    void a_macro_has_no_address() {
        assertThatThrownBy(() -> of("users.block", "{\"id\":\"auth0|1\"}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void values_are_percent_encoded_into_the_template_and_the_query() {
        URI uri =
                of("users.get", "{\"id\":\"auth0|a b+c@é\",\"query\":{\"fields\":\"a,b&c\",\"include_fields\":true}}");

        assertThat(uri)
                .hasToString("https://acme.eu.auth0.com/api/v2/users/auth0%7Ca%20b%2Bc%40%C3%A9"
                        + "?fields=a%2Cb%26c&include_fields=true");
    }

    @Test
    void a_list_in_the_query_is_its_name_repeated() {
        assertThat(of("connections.list", "{\"query\":{\"strategy\":[\"auth0\",\"google-oauth2\"],\"take\":5}}"))
                .hasToString(
                        "https://acme.eu.auth0.com/api/v2/connections?take=5&strategy=auth0&strategy=google-oauth2");
    }

    @Test
    void a_null_in_the_query_is_left_out() {
        assertThat(of("users.list", "{\"query\":{\"page\":2,\"q\":null}}"))
                .hasToString("https://acme.eu.auth0.com/api/v2/users?page=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", ""})
    void A41_a_segment_that_leads_elsewhere_does_not_fit_the_template(String id) {
        assertThatThrownBy(() -> of("users.delete", "{\"id\":\"" + id + "\"}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/../../clients/b", "%2e%2e", "a%2Fb", "a;b=c", "a?b#c", "a\\\\b", "\\u0000", "//host"})
    void A41_whatever_an_id_holds_it_stays_one_segment(String id) {
        URI uri = of("users.delete", "{\"id\":\"" + id + "\"}");

        assertThat(uri.getHost()).isEqualTo("acme.eu.auth0.com");
        assertThat(uri.getRawPath().split("/")).hasSize(5);
        assertThat(uri.getRawQuery()).isNull();
    }

    @Test
    void a_missing_path_parameter_is_refused() {
        assertThatThrownBy(() -> of("users.get", "{}")).isInstanceOf(IllegalArgumentException.class);
    }

    private static URI of(String action, String arguments) {
        Action entry = Catalogue.bundled().find(action).orElseThrow();
        return RequestUri.of(BASE, entry, StrictJson.parseObject(arguments.getBytes(StandardCharsets.UTF_8)));
    }
}
