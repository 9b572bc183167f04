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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "actions.create; {'body':{'name':'a','secrets':[{'name':'KEY','value':'S3cret'},{'name':'NONE'},{'name':'B','value':'S3cret2'}]}}; 2",
                "hooks.secrets.create; {'id':'h','body':{'A~/B':'S3cret','C':'S3cret2'}}; 2",
                "connections.update; {'id':'con_1','body':{'options':{'client_secret':'S3cret','nested':[{'x':'S3cret2'}]}}}; 1",
                "users.authenticationMethods.set; {'id':'u','body':[{'type':'totp','totp_secret':'S3cret'},{'type':'email'}]}; 1",
                "logStreams.create; {'body':{'type':'http','sink':{'httpEndpoint':'https://x','httpAuthorization':'S3cret','httpCustomHeaders':[{'header':'a','value':'S3cret'}]}}}; 2"
            })
    void secrets_in_lists_maps_and_whole_objects_are_sealed_each_in_its_place(String name, String json, int count)
            throws Exception {
        // Given
        TestKeys keys = TestKeys.in(directory, CLOCK);
        Action action = Catalogue.bundled().find(name).orElseThrow();
        ObjectNode arguments = arguments(json.replace('\'', '"'));
        CommandId id = ids.next();

        // When
        ObjectNode sealed = SecretArguments.seal(action, id, arguments, keys.sealerTo("worker"));
        var secrets = SecretArguments.open(action, id, sealed, keys.workerOpener());

        // Then
        assertThat(sealed.toString()).doesNotContain("S3cret");
        assertThat(secrets).hasSize(count);
        assertThat(SecretArguments.inTheClear(sealed, secrets)).isEqualTo(arguments);
    }

    @Test
    void a_secret_moved_to_another_place_of_the_same_command_does_not_open() {
        // Given
        TestKeys keys = TestKeys.in(directory, CLOCK);
        Action action = Catalogue.bundled().find("hooks.secrets.create").orElseThrow();
        CommandId id = ids.next();
        ObjectNode sealed = SecretArguments.seal(
                action, id, arguments("{\"id\":\"h\",\"body\":{\"A\":\"S3cret\"}}"), keys.sealerTo("worker"));

        // When
        ObjectNode moved = sealed.deepCopy();
        moved.withObject("/body").set("B", moved.at("/body/A"));

        // Then
        assertThatThrownBy(() -> SecretArguments.open(action, id, moved, keys.workerOpener()))
                .isInstanceOf(UnsealException.class);
    }

    private static ObjectNode arguments(String json) {
        return StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8));
    }
}
