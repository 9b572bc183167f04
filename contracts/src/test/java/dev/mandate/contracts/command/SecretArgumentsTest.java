package dev.mandate.contracts.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.sealing.UnsealException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class SecretArgumentsTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Action UPDATE =
            Catalogue.bundled().find("users.update").orElseThrow();

    @TempDir
    private Path directory;

    private final CommandIds ids = new CommandIds(CLOCK, new SecureRandom());

    @Test
    void a_sealed_secret_opens_to_the_same_json_and_is_nowhere_in_the_sealed_arguments() throws Exception {
        // Given
        TestKeys keys = TestKeys.in(directory, CLOCK);
        ObjectNode arguments = arguments("{\"id\":\"auth0|1\",\"body\":{\"password\":\"S3cret\\u00e9\"}}");
        CommandId id = ids.next();

        // When
        ObjectNode sealed = SecretArguments.seal(UPDATE, id, arguments, keys.sealerTo("worker"));
        var secrets = SecretArguments.open(UPDATE, id, sealed, keys.workerOpener());

        // Then
        assertThat(sealed.toString()).doesNotContain("S3cret");
        assertThat(SecretArguments.inTheClear(sealed, secrets)).isEqualTo(arguments);
    }

    @Test
    void a_secret_sealed_for_one_command_does_not_open_in_another() {
        // Given
        TestKeys keys = TestKeys.in(directory, CLOCK);
        ObjectNode arguments = arguments("{\"id\":\"auth0|1\",\"body\":{\"password\":\"S3cret\"}}");

        // When
        ObjectNode sealed = SecretArguments.seal(UPDATE, ids.next(), arguments, keys.sealerTo("worker"));

        // Then
        assertThatThrownBy(() -> SecretArguments.open(UPDATE, ids.next(), sealed, keys.workerOpener()))
                .isInstanceOf(UnsealException.class);
    }

    @Test
    void a_secret_in_the_clear_is_not_taken_for_a_sealed_one() {
        // Given
        TestKeys keys = TestKeys.in(directory, CLOCK);
        ObjectNode arguments = arguments("{\"id\":\"auth0|1\",\"body\":{\"password\":\"S3cret\"}}");

        // When, Then
        assertThatThrownBy(() -> SecretArguments.open(UPDATE, ids.next(), arguments, keys.workerOpener()))
                .isInstanceOf(UnsealException.class)
                .hasMessageNotContaining("S3cret");
    }

    private static ObjectNode arguments(String json) {
        return StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8));
    }
}
