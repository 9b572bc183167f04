package dev.mandate.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runnable jar, unpacked beside what earlier builds have left. */
class ApplicationIT {

    private static final String NAME = "mandate-worker";

    @TempDir
    Path target;

    @TempDir
    Path cache;

    @BeforeEach
    void build() throws IOException {
        try (var jars = Files.newDirectoryStream(Path.of("..", "worker", "target"), NAME + "-*-exec.jar")) {
            Files.copy(jars.iterator().next(), target.resolve(NAME + "-1-exec.jar"));
        }
    }

    @Test
    void what_an_earlier_build_left_is_deleted_unless_another_process_uses_it() throws Exception {
        // Given
        var forgotten = Files.createDirectory(cache.resolve(NAME + "-forgotten"));
        var used = Files.createDirectory(cache.resolve(NAME + "-used"));
        var another = Files.createDirectory(cache.resolve("mandate-api-1"));
        try (var other = LockHolder.shared(used.resolve("in-use.lock"))) {
            // When
            var unpacked = unpacked();

            // Then
            assertThat(unpacked).exists();
            assertThat(forgotten).doesNotExist();
            assertThat(used).exists();
            assertThat(another).exists();
            assertThat(other.isAlive()).isTrue();
        }
    }

    @Test
    void what_this_process_uses_stays_when_there_is_another_build() throws Exception {
        // Given
        var before = unpacked();
        try (var jar = FileSystems.newFileSystem(target.resolve(NAME + "-1-exec.jar"))) {
            Files.writeString(jar.getPath("changed"), "yes");
        }

        // When
        var after = unpacked();

        // Then
        assertThat(after).isNotEqualTo(before).exists();
        assertThat(before).exists();
    }

    private Path unpacked() {
        return Path.of(new Application(NAME, target, cache).get().arguments().getLast());
    }
}
