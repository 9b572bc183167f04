package dev.mandate.contracts.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {

    private static final byte[] PAYLOAD = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Duration WHEN_UNKNOWN = Duration.ofMillis(100);
    private static final Set<StatementType> COMMANDS = Set.of(StatementType.COMMAND);

    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private TestKeys keys;

    @BeforeEach
    void makeKeys() {
        keys = TestKeys.in(directory, clock);
    }

    @Test
    void a_key_that_is_published_later_is_found_when_it_is_first_met() throws Exception {
        // Given
        Verifier verifier = keys.verifier();
        PublicKeyEntry next = KeyFiles.generate(keys.intakeSigning(), "intake", TestKeys.INTAKE_TYPES, Instant.EPOCH);
        KeyFiles.publish(keys.ring(), next);
        KeyFiles.activate(keys.intakeSigning(), next.kid());
        byte[] jws = sign(keys.intakeSigner());

        // When
        clock.move(WHEN_UNKNOWN);

        // Then
        assertThat(verifier.verify(jws, COMMANDS, clock.instant()).kid()).isEqualTo(next.kid());
    }

    @Test
    void a_flood_of_unknown_keys_does_not_make_the_ring_read_its_directory_each_time() throws Exception {
        // Given
        Verifier verifier = keys.verifier();
        PublicKeyEntry next = KeyFiles.generate(keys.intakeSigning(), "intake", TestKeys.INTAKE_TYPES, Instant.EPOCH);
        KeyFiles.activate(keys.intakeSigning(), next.kid());
        byte[] jws = sign(keys.intakeSigner());
        clock.move(WHEN_UNKNOWN);
        assertRejected(verifier, jws, RejectionCode.JWS_KEY_UNKNOWN);

        // When it is published just after the ring looked
        KeyFiles.publish(keys.ring(), next);

        // Then the ring looks again only when the pause is over
        assertRejected(verifier, jws, RejectionCode.JWS_KEY_UNKNOWN);
        clock.move(WHEN_UNKNOWN);
        assertThat(verifier.verify(jws, COMMANDS, clock.instant()).kid()).isEqualTo(next.kid());
    }

    @Test
    void A14_a_retired_key_is_judged_by_the_time_of_appending() throws Exception {
        // Given
        byte[] jws = sign(keys.intakeSigner());
        Instant retired = clock.instant();
        KeyFiles.retire(keys.ring(), keys.intakeKey(), retired);
        Verifier verifier = keys.verifier();

        // When, then
        assertThat(verifier.verify(jws, COMMANDS, retired.minusMillis(1)).kid())
                .isEqualTo(keys.intakeKey().kid());
        assertThatThrownBy(() -> verifier.verify(jws, COMMANDS, retired))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.code()).isEqualTo(RejectionCode.JWS_KEY_NOT_VALID));
    }

    @Test
    void what_was_appended_in_the_second_of_the_retirement_stays_valid() throws Exception {
        // Given
        byte[] jws = sign(keys.intakeSigner());
        Instant retired = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusMillis(999);
        KeyFiles.retire(keys.ring(), keys.intakeKey(), retired);
        Verifier verifier = keys.verifier();

        // When, then
        assertThat(verifier.verify(jws, COMMANDS, retired.minusMillis(900)).kid())
                .isEqualTo(keys.intakeKey().kid());
    }

    @Test
    void a_key_is_not_valid_before_its_time() throws Exception {
        // Given
        Instant from = clock.instant().plusSeconds(60);
        PublicKeyEntry early = KeyFiles.generate(keys.intakeSigning(), "intake", TestKeys.INTAKE_TYPES, from);
        KeyFiles.publish(keys.ring(), early);
        KeyFiles.activate(keys.intakeSigning(), early.kid());
        byte[] jws = sign(keys.intakeSigner());
        Verifier verifier = keys.verifier();

        // When, then
        assertRejected(verifier, jws, RejectionCode.JWS_KEY_NOT_VALID);
        assertThat(verifier.verify(jws, COMMANDS, from)).isNotNull();
    }

    @Test
    void rotation_under_load_loses_nothing() throws Exception {
        // Given
        KeySigner signer = keys.intakeSigner();
        Verifier verifier = keys.verifier();
        var running = new AtomicBoolean(true);
        var verified = new AtomicLong();
        Callable<Void> load = () -> {
            while (running.get()) {
                verifier.verify(sign(signer), COMMANDS, clock.instant());
                verified.incrementAndGet();
            }
            return null;
        };

        // When
        List<String> kids = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Void>> loads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                loads.add(threads.submit(load));
            }
            try {
                for (int rotation = 0; rotation < 5; rotation++) {
                    PublicKeyEntry next =
                            KeyFiles.generate(keys.intakeSigning(), "intake", TestKeys.INTAKE_TYPES, clock.instant());
                    KeyFiles.publish(keys.ring(), next);
                    passTime(KeyRing.REFRESH.plusSeconds(1), verified);
                    KeyFiles.activate(keys.intakeSigning(), next.kid());
                    passTime(PrivateKeyDirectory.REFRESH.plusSeconds(1), verified);
                    kids.add(kid(sign(signer), verifier));
                }
            } finally {
                running.set(false);
            }
            for (Future<Void> done : loads) {
                done.get();
            }
        }

        // Then
        assertThat(kids).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void keys_are_read_through_the_link_that_kubernetes_swaps() throws Exception {
        // Given
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Path first = Files.createDirectory(mounted.resolve("..2026_1"));
        Files.createSymbolicLink(mounted.resolve("..data"), first.getFileName());
        copyRing(first);
        var ring = new KeyRing(mounted, clock);
        assertThat(ring.entries()).hasSize(4);

        // When a version with one key more takes its place, atomically
        Path second = Files.createDirectory(mounted.resolve("..2026_2"));
        copyRing(second);
        KeyFiles.publish(second, KeyFiles.generate(directory.resolve("more"), "intake", Set.of(), Instant.EPOCH));
        Path link = Files.createSymbolicLink(mounted.resolve("..next"), second.getFileName());
        Files.move(link, mounted.resolve("..data"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        clock.move(KeyRing.REFRESH);

        // Then
        assertThat(ring.entries()).hasSize(5);
    }

    @Test
    void private_keys_follow_the_same_link() throws Exception {
        // Given
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Path first = Files.createDirectory(mounted.resolve("..2026_1"));
        PublicKeyEntry one = KeyFiles.generate(first, "intake", COMMANDS, Instant.EPOCH);
        KeyFiles.activate(first, one.kid());
        Files.createSymbolicLink(mounted.resolve("..data"), first.getFileName());
        var signer = new KeySigner(mounted, clock);
        Path second = Files.createDirectory(mounted.resolve("..2026_2"));
        PublicKeyEntry two = KeyFiles.generate(second, "intake", COMMANDS, Instant.EPOCH);
        KeyFiles.activate(second, two.kid());
        KeyFiles.publish(keys.ring(), one);
        KeyFiles.publish(keys.ring(), two);
        Verifier verifier = keys.verifier();
        assertThat(kid(sign(signer), verifier)).isEqualTo(one.kid());

        // When
        Path link = Files.createSymbolicLink(mounted.resolve("..next"), second.getFileName());
        Files.move(link, mounted.resolve("..data"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        clock.move(PrivateKeyDirectory.REFRESH);

        // Then
        assertThat(kid(sign(signer), verifier)).isEqualTo(two.kid());
    }

    @Test
    void a_ring_that_can_no_longer_be_read_keeps_what_it_had() throws Exception {
        // Given
        KeyRing ring = keys.keyRing();
        byte[] jws = sign(keys.intakeSigner());

        // When
        Files.move(keys.ring(), directory.resolve("gone"));
        clock.move(KeyRing.REFRESH);

        // Then
        assertThat(new Verifier(ring).verify(jws, COMMANDS, clock.instant())).isNotNull();
    }

    @Test
    void private_keys_that_can_no_longer_be_read_stay_in_use() throws Exception {
        // Given
        KeySigner signer = keys.intakeSigner();

        // When
        Files.delete(keys.intakeSigning().resolve("active"));
        clock.move(PrivateKeyDirectory.REFRESH);

        // Then
        assertThat(kid(sign(signer), keys.verifier()))
                .isEqualTo(keys.intakeKey().kid());
    }

    @Test
    void one_bad_file_does_not_take_the_good_keys_with_it() throws Exception {
        // Given
        Files.writeString(keys.ring().resolve("bad.jwk.json"), "{");
        Files.writeString(
                keys.ring().resolve("renamed.jwk.json"),
                Files.readString(keys.ring().resolve(keys.intakeKey().kid() + ".jwk.json")));

        // When
        KeyRing ring = keys.keyRing();

        // Then
        assertThat(ring.entries()).extracting(PublicKeyEntry::kid).hasSize(4).doesNotContain("renamed", "bad");
    }

    @Test
    void a_process_without_keys_does_not_start() {
        assertThatThrownBy(() -> new KeyRing(directory.resolve("none"), clock))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new KeySigner(directory.resolve("none"), clock))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void private_keys_do_not_show_themselves() throws Exception {
        // Given
        String pem = Files.readString(
                keys.intakeSigning().resolve(keys.intakeKey().kid() + ".pem"), StandardCharsets.US_ASCII);
        String secret = pem.lines().toList().get(1);
        var opened = new PrivateKeyDirectory<>(keys.intakeSigning(), bytes -> bytes, clock);

        // When, then
        assertThat(opened.toString() + opened.active()).doesNotContain(secret);
        Files.writeString(keys.intakeSigning().resolve("broken.pem"), secret);
        assertThatThrownBy(() -> new KeySigner(keys.intakeSigning(), clock))
                .hasMessageContaining("broken.pem")
                .hasMessageNotContaining(secret);
    }

    /** Time passes in small steps, and with each the load does something. */
    private void passTime(Duration duration, AtomicLong verified) {
        for (int step = 0; step < 10; step++) {
            long before = verified.get();
            clock.move(duration.dividedBy(10));
            long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (verified.get() < before + 4) {
                Thread.onSpinWait();
                if (System.nanoTime() > giveUp) {
                    throw new AssertionError("The load has stopped");
                }
            }
        }
    }

    private void copyRing(Path to) throws IOException {
        try (var files = Files.list(keys.ring())) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static byte[] sign(Signer signer) {
        return signer.sign(StatementType.COMMAND, PAYLOAD).getBytes(StandardCharsets.US_ASCII);
    }

    private String kid(byte[] jws, Verifier verifier) throws RejectedException {
        return verifier.verify(jws, COMMANDS, clock.instant()).kid();
    }

    private void assertRejected(Verifier verifier, byte[] jws, RejectionCode code) {
        assertThatThrownBy(() -> verifier.verify(jws, COMMANDS, clock.instant()))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
