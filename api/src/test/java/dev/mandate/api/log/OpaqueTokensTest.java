package dev.mandate.api.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.configuration.SharedSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpaqueTokensTest {

    private static final List<String> ADA = List.of("https://issuer.example/", "auth0|ada");
    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    Path directory;

    OpaqueTokens tokens;

    @BeforeEach
    void secret() throws IOException {
        tokens = withSecret((byte) 1);
    }

    OpaqueTokens withSecret(byte value) throws IOException {
        byte[] secret = new byte[32];
        secret[0] = value;
        return new OpaqueTokens(SharedSecret.read(Files.write(directory.resolve("secret" + value), secret)));
    }

    @Test
    void what_was_given_out_is_taken_back_by_every_instance_with_the_secret() throws IOException {
        String token = tokens.issue("cursor", ADA, CONTENT);
        assertThat(withSecret((byte) 1).open("cursor", ADA, token)).get().isEqualTo(CONTENT);
    }

    @Test
    void a_token_for_somebody_or_something_else_or_of_another_secret_is_refused() throws IOException {
        String token = tokens.issue("cursor", ADA, CONTENT);
        assertThat(tokens.open("stream", ADA, token)).isEmpty();
        assertThat(tokens.open("cursor", List.of("https://issuer.example/", "auth0|eve"), token))
                .isEmpty();
        assertThat(tokens.open("cursor", List.of("https://issuer.example/auth0|ada"), token))
                .isEmpty();
        assertThat(tokens.open("cursor", List.of("https://issuer.example/a", "uth0|ada"), token))
                .isEmpty();
        assertThat(tokens.open("cursor", List.of(), token)).isEmpty();
        assertThat(withSecret((byte) 2).open("cursor", ADA, token)).isEmpty();
    }

    @Test
    void a_token_with_any_character_changed_is_refused() {
        String token = tokens.issue("cursor", ADA, CONTENT);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.open("cursor", ADA, changed)).as(changed).isEmpty();
        }
    }

    @Test
    void a_token_has_one_notation_only() {
        String token = tokens.issue("cursor", ADA, new byte[] {1, 2});
        for (String other : List.of(token + "=", token + "==", token + " ", "", "A", "x".repeat(20_000))) {
            assertThat(tokens.open("cursor", ADA, other)).isEmpty();
        }
    }
}
