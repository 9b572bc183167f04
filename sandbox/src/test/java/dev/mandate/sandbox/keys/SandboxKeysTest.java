package dev.mandate.sandbox.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.sandbox.process.ServiceDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxKeysTest {

    @TempDir
    Path temporary;

    private SandboxKeys keys;
    private ServiceDirectory api;
    private ServiceDirectory worker;

    @BeforeEach
    void makeKeys() {
        keys = new SandboxKeys(temporary.resolve("ring"), Clock.systemUTC());
        api = ServiceDirectory.create(temporary.resolve("api"));
        worker = ServiceDirectory.create(temporary.resolve("worker"));
        keys.forIntake(api);
        keys.forWorker(worker);
    }

    @Test
    void the_ring_holds_everybodys_public_keys_and_no_private_one() throws Exception {
        assertThat(new KeyRing(keys.ring(), Clock.systemUTC()).entries())
                .extracting(PublicKeyEntry::owner, PublicKeyEntry::use)
                .containsExactlyInAnyOrder(
                        tuple("intake", "sig"), tuple("intake", "enc"), tuple("worker", "sig"), tuple("worker", "enc"));
        try (var files = Files.list(keys.ring())) {
            for (var file : files.toList()) {
                assertThat(Files.readString(file)).doesNotContain("\"d\"", "PRIVATE");
            }
        }
    }

    @Test
    void an_intake_key_may_not_sign_the_journal_and_a_workers_key_may_not_sign_commands() {
        for (var key : new KeyRing(keys.ring(), Clock.systemUTC()).entries()) {
            var forbidden = key.owner().equals("intake") ? "secevent+jwt" : "mandate-command+jwt";
            assertThat(key.types()).doesNotContain(forbidden);
        }
    }

    @Test
    void a_private_key_is_readable_by_its_owner_alone_and_stands_in_its_own_directory() throws Exception {
        for (var directory : List.of(SandboxKeys.signing(api), SandboxKeys.sealing(api), SandboxKeys.signing(worker))) {
            var active = Files.readString(directory.resolve("active")).strip();
            var key = directory.resolve(active + ".pem");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
        try (var workers = Files.list(SandboxKeys.signing(worker))) {
            assertThat(workers.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("intake"));
        }
    }

    @Test
    void the_next_key_is_published_before_it_is_used() throws Exception {
        // Given
        var before = Files.readString(SandboxKeys.signing(api).resolve("active"));

        // When
        var next = keys.publishNextIntakeKey(api);

        // Then
        assertThat(new KeyRing(keys.ring(), Clock.systemUTC()).entries()).contains(next);
        assertThat(SandboxKeys.signing(api).resolve("active")).hasContent(before);
        keys.activate(SandboxKeys.signing(api), next);
        assertThat(SandboxKeys.signing(api).resolve("active")).hasContent(next.kid() + "\n");
    }
}
