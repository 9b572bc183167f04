package dev.mandate.sandbox.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFileTest {

    private static final Path HOME = Path.of("..");

    @TempDir
    Path temporary;

    private final ComposeFile compose;
    private final String text;

    ComposeFileTest() throws Exception {
        compose = ComposeFile.read(HOME);
        text = Files.readString(HOME.resolve("docker-compose.yml"));
    }

    @Test
    void only_the_worker_can_see_a_management_credential() throws Exception {
        for (var service : compose.services()) {
            if (service.equals("worker")) {
                assertThat(compose.managementCredentialsSeenBy(service)).isNotEmpty();
            } else {
                assertThat(compose.managementCredentialsSeenBy(service))
                        .as(service)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'- request-hash-key' | '- management-client-secret'",
                "'- request-hash-key' | '- {source: management-client-secret, target: harmless}'",
                "'./.mandate/compose/api/signing:' | './.mandate/compose/worker:'",
                "'./.mandate/compose/api/signing:' | './.mandate/compose/worker/management-client-secret:'",
                "'./.mandate/compose/api/signing:' | './.mandate:'",
                "'./.mandate/compose/api/signing:' | '.:'",
                "'./.mandate/compose/api/signing:' | '/:'",
                "'./compose/api.properties:' | './compose/worker.properties:'",
                "'ports: [\"127.0.0.1:8080:8080\"]' | 'env_file: .mandate/compose/worker/management-client-secret'",
                "'ports: [\"127.0.0.1:8080:8080\"]' | 'volumes_from: [worker]'",
                "'MANDATE_API_AUDIENCE: ' | 'AUTH0_CLIENT_SECRET: '",
            })
    void a_file_that_shows_the_api_a_management_credential_is_found_out(String innocent, String guilty)
            throws Exception {
        // Given
        int api = text.indexOf("\n  api:");
        int place = text.indexOf(innocent, api);
        assertThat(place).isBetween(api, text.indexOf("\n  worker:"));

        // When
        var mutated =
                ComposeFile.parse(HOME, text.substring(0, place) + guilty + text.substring(place + innocent.length()));

        // Then
        assertThat(mutated.managementCredentialsSeenBy("api")).isNotEmpty();
    }

    @Test
    void no_service_is_told_a_password_in_its_environment() {
        for (var service : compose.services()) {
            assertThat(compose.environment(service))
                    .filteredOn(variable -> variable.matches("(?i).*(password|secret|jaas|token).*"))
                    .allMatch(variable -> variable.matches("[A-Z_]+=/run/secrets.*"));
        }
    }

    @Test
    void every_service_sees_only_its_own_directory_of_secrets_and_the_public_keys() {
        var all = Path.of(".mandate", "compose");
        var shared = Map.of(
                "api", List.of(all.resolve("postgres/database-password"), all.resolve("ring")),
                "worker", List.of(all.resolve("ring")),
                "setup",
                        Stream.of("admin-login", "scram-api", "scram-worker", "scram-auditor")
                                .map(all.resolve("kafka")::resolve)
                                .toList());
        for (var service : compose.services()) {
            assertThat(compose.mounts(service))
                    .as(service)
                    .filteredOn(mount -> mount.startsWith(".mandate"))
                    .allMatch(mount -> mount.startsWith(all.resolve(service))
                            || shared.getOrDefault(service, List.of()).contains(mount));
        }
    }

    @Test
    void everything_that_is_mounted_is_in_the_repository_or_made_by_the_secrets_command() throws Exception {
        // Given
        var made = temporary.resolve("compose");
        var secrets = new ComposeSecrets(made);

        // When
        secrets.write();

        // Then
        for (var service : compose.services()) {
            for (var mount : compose.mounts(service)) {
                var secretsOfCompose = Path.of(".mandate", "compose");
                var file = mount.startsWith(secretsOfCompose)
                        ? made.resolve(secretsOfCompose.relativize(mount))
                        : HOME.resolve(mount);
                assertThat(file).exists();
            }
        }
    }

    @Test
    void the_secrets_are_behind_a_door_that_only_their_owner_opens_and_are_never_made_twice() throws Exception {
        // Given
        var made = temporary.resolve("compose");

        // When
        new ComposeSecrets(made).write();

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        assertThatThrownBy(() -> new ComposeSecrets(made).write()).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void the_broker_is_of_the_version_that_the_clients_are_tested_with() throws Exception {
        var version = Files.readString(HOME.resolve("pom.xml"))
                .replaceAll("(?s).*<kafka.version>(.*?)</kafka.version>.*", "$1");
        assertThat(compose.service("kafka")).containsEntry("image", "apache/kafka:" + version);
        assertThat(compose.service("setup")).containsEntry("image", "apache/kafka:" + version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "worker"})
    void an_image_runs_on_a_jdk_25_as_nobody_in_particular_and_holds_only_its_own_jar(String module) throws Exception {
        var dockerfile = Files.readAllLines(HOME.resolve(module).resolve("Dockerfile"));
        assertThat(dockerfile).filteredOn(line -> line.startsWith("FROM")).allMatch(line -> line.contains(":25-jre"));
        assertThat(dockerfile).filteredOn(line -> line.startsWith("USER")).containsExactly("USER 10001:10001");
        assertThat(dockerfile)
                .filteredOn(line -> line.startsWith("COPY") && !line.contains("--from=layers"))
                .containsExactly("COPY target/mandate-" + module + "-*-exec.jar mandate-" + module + ".jar");
        assertThat(Files.readAllLines(HOME.resolve(module).resolve(".dockerignore")))
                .containsExactly("*", "!target/mandate-" + module + "-*-exec.jar");
    }
}
