package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MultipartFormTest {

    private static final JsonNode SCHEMA = StrictJson.parse(bytes("""
            {"type":"object","properties":{
              "users":{"type":"string","contentMediaType":"application/octet-stream"},
              "connection_id":{"type":"string"},
              "upsert":{"type":"boolean"}}}
            """));

    @Test
    void members_become_parts_in_their_order_and_the_files_bytes_are_what_was_signed() {
        Content form = MultipartForm.of(
                bytes(
                        "{\"upsert\":true,\"users\":\"[\\n {\\\"email\\\": \\\"zoë@example.com\\\"}]\\r\\n\",\"n\":1.50}"),
                SCHEMA);

        String boundary = form.type().substring("multipart/form-data; boundary=".length());
        assertThat(form.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("""
                --B\r
                Content-Disposition: form-data; name="upsert"\r
                \r
                true\r
                --B\r
                Content-Disposition: form-data; name="users"; filename="users.json"\r
                Content-Type: application/json\r
                \r
                [
                 {"email": "zoë@example.com"}]\r
                \r
                --B\r
                Content-Disposition: form-data; name="n"\r
                \r
                1.50\r
                --B--\r
                """.replace("--B", "--" + boundary));
    }

    @Test
    void the_same_body_gives_the_same_bytes_and_another_body_another_boundary() {
        byte[] body = bytes("{\"users\":\"[]\"}");

        Content form = MultipartForm.of(body, SCHEMA);

        assertThat(MultipartForm.of(body, SCHEMA).bytes()).isEqualTo(form.bytes());
        assertThat(MultipartForm.of(bytes("{\"users\":\"[ ]\"}"), SCHEMA).type())
                .isNotEqualTo(form.type());
    }

    @Test
    void A45_a_members_name_stays_inside_its_quotation_marks() {
        Content form = MultipartForm.of(bytes("{\"a\\\"\\r\\nX-Evil: 1\\r\\n\\r\\nb\":\"c\"}"), SCHEMA);

        assertThat(form.bytes())
                .asString(StandardCharsets.UTF_8)
                .contains("name=\"a%22%0D%0AX-Evil: 1%0D%0A%0D%0Ab\"\r\n\r\nc\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":null}", "{\"a\":{}}", "{\"a\":[]}", "[]", "\"users\""})
    void what_a_form_can_not_say_is_refused_before_anything_is_sent(String body) {
        assertThatThrownBy(() -> MultipartForm.of(bytes(body), SCHEMA)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
