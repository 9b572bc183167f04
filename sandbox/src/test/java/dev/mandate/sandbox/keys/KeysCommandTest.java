package dev.mandate.sandbox.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.PrivateKeyDirectory;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.sandbox.process.ServiceDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The steps of a rotation, as an operator takes them. */
class KeysCommandTest {

    private static final Clock NOW = Clock.systemUTC();

    @TempDir
    Path temporary;

    private Path ring;
    private Path signing;
    private String first;
    private StringWriter out;
    private StringWriter err;

    @BeforeEach
    void install() throws Exception {
        var keys = new SandboxKeys(temporary.resolve("ring"), NOW);
        var worker = ServiceDirectory.create(temporary.resolve("worker"));
        keys.forWorker(worker);
        ring = keys.ring();
        signing = SandboxKeys.signing(worker);
        first = active();
    }

    @Test
    void a_workers_signing_key_is_rotated() throws Exception {
        // When
        assertThat(generate("worker", "signing")).isZero();
        var next = out.toString().strip();

        // Then it is published, and not in use yet
        assertThat(active()).isEqualTo(first);
        assertThat(entry(next).types())
                .containsExactlyInAnyOrder(StatementType.JOURNAL.typ(), StatementType.QUARANTINE.typ());

        // When
        assertThat(run("activate", next, "--private", signing.toString(), "--ring", ring.toString()))
                .isZero();
        assertThat(retire(first)).isZero();

        // Then
        assertThat(new PrivateKeyDirectory<>(signing, key -> key, NOW).active().kid())
                .isEqualTo(next);
        var later = NOW.instant().plus(Duration.ofSeconds(2));
        assertThat(entry(first).validAt(later)).isFalse();
        assertThat(entry(next).validAt(later)).isTrue();
        assertThat(run("list", "--ring", ring.toString())).isZero();
        assertThat(out.toString().lines())
                .filteredOn(line -> line.contains(first))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("worker  signing"));
    }

    @Test
    void a_new_key_can_be_read_by_whoever_can_read_the_others() throws Exception {
        // Given
        var mode = PosixFilePermissions.fromString("rw-r-----");
        Files.setPosixFilePermissions(signing.resolve(first + ".pem"), mode);

        // When
        assertThat(generate("worker", "signing")).isZero();

        // Then
        assertThat(Files.getPosixFilePermissions(signing.resolve(out.toString().strip() + ".pem")))
                .isEqualTo(mode);
    }

    @Test
    void a_sealing_key_signs_nothing() throws Exception {
        var sealing = Files.createDirectory(temporary.resolve("sealing"));

        assertThat(run(
                        "generate",
                        "--owner",
                        "intake",
                        "--use",
                        "sealing",
                        "--private",
                        sealing.toString(),
                        "--ring",
                        ring.toString()))
                .isZero();

        var key = entry(out.toString().strip());
        assertThat(key.owner()).isEqualTo("intake");
        assertThat(key.signs()).isFalse();
        assertThat(Files.getPosixFilePermissions(sealing.resolve(key.kid() + ".pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void the_key_in_use_is_not_retired() {
        // Given
        assertThat(generate("worker", "signing")).isZero();

        // Then
        assertThat(retire(first)).isEqualTo(2);
        assertThat(err.toString()).contains(first + " is the active key of the worker. Activate another one first");
        assertThat(entry(first).expires()).isEmpty();
    }

    @Test
    void a_key_is_retired_once() {
        // Given
        assertThat(generate("worker", "signing")).isZero();
        var next = out.toString().strip();
        assertThat(retire(next)).isZero();
        var end = entry(next).expires();

        // Then
        assertThat(retire(next)).isEqualTo(2);
        assertThat(err.toString()).contains("is retired already");
        assertThat(entry(next).expires()).isEqualTo(end);
    }

    @Test
    void keys_of_another_owner_or_for_another_use_have_no_place_in_a_directory() throws Exception {
        var before = files();

        assertThat(generate("intake", "signing")).isEqualTo(2);
        assertThat(err.toString())
                .contains(signing + " holds signing keys of the worker: no place for signing keys of the intake.");
        assertThat(generate("worker", "sealing")).isEqualTo(2);
        assertThat(files()).isEqualTo(before);
    }

    private List<Path> files() throws Exception {
        try (var tree = Files.walk(temporary)) {
            return tree.sorted().toList();
        }
    }

    @Test
    void a_key_that_is_not_there_or_retired_is_not_activated() throws Exception {
        // Given
        assertThat(generate("worker", "signing")).isZero();
        var next = out.toString().strip();
        var elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));

        // Then
        assertThat(run("activate", next, "--private", elsewhere.toString(), "--ring", ring.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("There is no private key " + next);
        assertThat(run("activate", "worker-1", "--private", signing.toString(), "--ring", ring.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("There is no key worker-1 in " + ring);
        assertThat(run("retire", first, "--private", elsewhere.toString(), "--ring", ring.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("There is no file active in " + elsewhere);
        assertThat(run("list", "--ring", ring.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("There is no directory " + ring.resolve("nowhere"));
        assertThat(retire(next)).isZero();
        assertThat(run("activate", next, "--private", signing.toString(), "--ring", ring.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains(next + " is retired");
        assertThat(active()).isEqualTo(first);
    }

    private int generate(String owner, String use) {
        return run(
                "generate", "--owner", owner, "--use", use, "--private", signing.toString(), "--ring", ring.toString());
    }

    private int retire(String kid) {
        return run("retire", kid, "--private", signing.toString(), "--ring", ring.toString());
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return new CommandLine(new KeysCommand(NOW))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(List.of(arguments).toArray(String[]::new));
    }

    private String active() throws Exception {
        return Files.readString(signing.resolve("active")).strip();
    }

    private PublicKeyEntry entry(String kid) {
        return new KeyRing(ring, NOW)
                .entries().stream()
                        .filter(entry -> entry.kid().equals(kid))
                        .findFirst()
                        .orElseThrow();
    }
}
