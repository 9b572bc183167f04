package dev.mandate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed to be pasted. */
class UpTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "it's", "'", "$HOME", "`id`", "a\"b\\c", "!x & y; z | w > v *", "new\nline", "ü"})
    void a_shell_takes_json_for_one_word_whatever_a_password_holds(String password) throws Exception {
        // Given
        var json = StrictJson.object().put("password", password);

        // When
        var shell = new ProcessBuilder("sh", "-c", "printf %s " + Up.quoted(json)).start();
        var word = shell.getInputStream().readAllBytes();

        // Then
        assertThat(StrictJson.parse(word)).isEqualTo(json);
        assertThat(new String(word, StandardCharsets.UTF_8)).startsWith("{\"password\":");
    }
}
