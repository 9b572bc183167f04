package dev.mandate.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.sandbox.net.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sandbox that was killed has left running. */
class LeftoversTest {

    @TempDir
    Path state;

    private Path home;
    private ServiceDirectory directory;
    private Service service;

    @BeforeEach
    void start() {
        home = ServiceDirectory.create(state.resolve("sandbox")).path();
        directory = ServiceDirectory.create(home.resolve("tiny"));
        int port = FreePorts.take(1).getFirst();
        service = new Service("tiny", TinyService.program(String.valueOf(port)), directory, port);
        service.start();
        service.awaitReady(Duration.ofSeconds(30));
    }

    @AfterEach
    void leaveNothingBehind() {
        service.kill();
    }

    @Test
    void a_process_whose_sandbox_is_gone_is_ended_and_named() {
        // Given
        claimByNobody();

        // Then
        assertThat(Leftovers.endIn(state)).containsExactly("tiny");
        assertThat(service.isRunning()).isFalse();
        assertThat(home).as("with its keys and passwords").doesNotExist();
        assertThat(Leftovers.endIn(state)).isEmpty();
    }

    @Test
    void what_was_kept_stays_without_its_processes_and_what_nobody_claimed_is_left_alone() throws Exception {
        // Given
        var cache = Files.createDirectory(state.resolve("cache"));
        claimByNobody();
        new Leftovers(home).keep();

        // Then
        assertThat(Leftovers.endIn(state)).containsExactly("tiny");
        assertThat(home).exists();
        assertThat(cache).exists();
    }

    @Test
    void a_sandbox_in_another_process_is_left_alone_whatever_the_clocks_say_of_its_start() throws Exception {
        // Given
        claimByNobody();
        try (var other = LockHolder.of(home.resolve("owner.lock"))) {
            // Then
            assertThat(Leftovers.endIn(state)).isEmpty();
            assertThat(service.isRunning()).isTrue();
            assertThat(other.isAlive()).isTrue();
        }
        assertThat(Leftovers.endIn(state)).containsExactly("tiny");
    }

    private void claimByNobody() {
        new ProcessIdentity(ProcessHandle.current().pid(), 1).write(home.resolve("owner"));
    }

    @Test
    void a_process_whose_sandbox_is_there_is_left_alone() {
        // Given
        new Leftovers(home).claim();

        // Then
        assertThat(Leftovers.endIn(state)).isEmpty();
        assertThat(service.isRunning()).isTrue();
    }

    @Test
    void a_process_that_only_has_the_same_number_is_left_alone() {
        // Given
        claimByNobody();
        new ProcessIdentity(service.pid().orElseThrow(), 1).write(directory.identity());

        // Then
        assertThat(Leftovers.endIn(state)).isEmpty();
        assertThat(service.isRunning()).isTrue();
    }

    @Test
    void a_process_that_claims_to_be_a_database_and_started_at_another_time_is_left_alone() throws Exception {
        // Given
        claimByNobody();
        Files.delete(directory.identity());
        Files.write(
                directory.resolve("postmaster.pid"),
                List.of(
                        String.valueOf(service.pid().orElseThrow()),
                        directory.path().toString(),
                        "1"));

        // Then
        assertThat(Leftovers.endIn(state)).isEmpty();
        assertThat(service.isRunning()).isTrue();
    }

    @Test
    void where_nothing_ever_was_there_is_nothing_to_end() {
        assertThat(Leftovers.endIn(state.resolve("nowhere"))).isEmpty();
    }
}
