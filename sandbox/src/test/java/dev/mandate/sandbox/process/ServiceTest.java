package dev.mandate.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.sandbox.net.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path temporary;

    private final int port = FreePorts.take(1).getFirst();
    private ServiceDirectory directory;
    private Service service;

    @BeforeEach
    void describe() {
        directory = ServiceDirectory.create(temporary.resolve("tiny"));
        directory.configure(Map.of("secret", "s3cret"));
        service = new Service("tiny", TinyService.program(String.valueOf(port)), directory, port);
    }

    @AfterEach
    void leaveNothingBehind() {
        service.kill();
    }

    @Test
    void a_service_that_says_it_is_ready_is_ready() {
        // When
        service.start();
        service.awaitReady(PATIENCE);

        // Then
        assertThat(service.isRunning()).isTrue();
    }

    @Test
    void a_process_gets_the_name_of_its_configuration_and_nothing_else() throws Exception {
        // When
        service.start();
        service.awaitReady(PATIENCE);

        // Then
        assertThat(Files.readAllLines(service.log()))
                .contains(
                        "environment [SPRING_CONFIG_ADDITIONAL_LOCATION]",
                        "configuration " + directory.configuration().toUri());
    }

    @Test
    void nobody_else_may_read_a_processs_directory_and_configuration() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.configuration())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_configuration_reads_back_as_it_was_given() throws Exception {
        // Given
        var settings = Map.of(
                "mandate.tenants.acme-prod.url", "http://127.0.0.1:1/",
                "jaas", "x required username=\"api\" password=\"a=b\\c\";",
                "umlaut", "Grüße 世界",
                "space", "  leading");

        // When
        directory.configure(settings);

        // Then
        var read = new Properties();
        try (var in = Files.newBufferedReader(directory.configuration())) {
            read.load(in);
        }
        assertThat(read).containsExactlyInAnyOrderEntriesOf(settings);
    }

    @Test
    void a_service_that_is_closed_ends_in_peace() {
        // Given
        service.start();
        service.awaitReady(PATIENCE);

        // When
        service.close();

        // Then
        assertThat(service.isRunning()).isFalse();
        assertThat(directory.resolve("ended-in-peace")).exists();
    }

    @Test
    void a_service_that_is_killed_has_no_time_to_say_goodbye_and_can_be_started_again() {
        // Given
        service.start();
        service.awaitReady(PATIENCE);

        // When
        service.kill();

        // Then
        assertThat(service.isRunning()).isFalse();
        assertThat(directory.resolve("ended-in-peace")).doesNotExist();
        service.start();
        service.awaitReady(PATIENCE);
    }

    @Test
    void a_service_that_is_paused_lives_and_says_nothing_until_it_is_resumed() {
        // Given
        service.start();
        service.awaitReady(PATIENCE);

        // When
        service.pause();

        // Then
        assertThat(service.isRunning()).isTrue();
        assertThatThrownBy(() -> service.awaitReady(Duration.ofMillis(300))).hasMessageContaining("tiny was not ready");
        service.resume();
        service.awaitReady(PATIENCE);
    }

    @Test
    void a_service_that_does_not_run_can_not_be_paused() {
        assertThatThrownBy(service::pause).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_service_that_fails_is_reported_with_the_end_of_its_log() {
        // Given
        var failing = new Service("tiny", TinyService.program("fails"), directory, port);

        // When
        failing.start();

        // Then
        assertThatThrownBy(() -> failing.awaitReady(PATIENCE))
                .isInstanceOf(ServiceFailedException.class)
                .hasMessageContaining("tiny ended with status 3 before it was ready")
                .hasMessageContaining("no such luck");
    }

    @Test
    void a_service_that_never_gets_ready_is_given_up() {
        // Given
        var deaf = new Service(
                "tiny",
                TinyService.program(String.valueOf(port)),
                directory,
                FreePorts.take(1).getFirst());

        // When
        deaf.start();

        // Then
        try (deaf) {
            assertThatThrownBy(() -> deaf.awaitReady(Duration.ofMillis(300)))
                    .isInstanceOf(ServiceFailedException.class)
                    .hasMessageContaining("tiny was not ready");
        }
    }
}
