package dev.mandate.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.demo.Stage;
import dev.mandate.sandbox.keys.SandboxKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Signing keys are rotated, as docs/operations.md says, while commands keep coming. */
@ExtendWith(SharedSandbox.class)
class RotationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ENOUGH = 10;

    private final Sandbox sandbox;
    private final Stage stage;
    private final Commands commands;
    private final Targets targets;

    RotationIT(Sandbox sandbox, Stage stage) {
        this.sandbox = sandbox;
        this.stage = stage;
        this.commands = new Commands(stage);
        this.targets = new Targets(stage.tenant().users());
    }

    @Test
    void rotating_the_intakes_and_the_workers_key_under_load_loses_and_quarantines_nothing() throws Exception {
        // Given
        long quarantined = quarantined();
        var intake = SandboxKeys.signing(sandbox.intakeRole());
        var worker = SandboxKeys.signing(sandbox.workerRole());
        stage.token("ada.admin");

        // When
        try (var _ = new Load(commands, targets)) {
            rotate(intake, sandbox.keys().publishNextIntakeKey(sandbox.intakeRole()), Topics.COMMANDS);
            rotate(worker, sandbox.keys().publishNextWorkerKey(sandbox.workerRole()), Topics.RESULTS);
        }

        // Then
        commands.awaitOutcomes(PATIENCE);
        commands.assertEachHappenedOnce();
        assertThat(commands.calls().values()).containsOnly(1L);
        assertThat(quarantined()).isEqualTo(quarantined);
    }

    /** Its old key signs, then its next one does, then the old one is retired and the next one goes on. */
    private void rotate(Path directory, PublicKeyEntry next, String topic) throws Exception {
        var old = active(directory);
        awaitMoreSignedBy(old.kid(), topic);
        await().pollDelay(KeyRing.REFRESH).until(() -> true);
        sandbox.keys().activate(directory, next);
        awaitMoreSignedBy(next.kid(), topic);
        sandbox.keys().retire(old);
        awaitMoreSignedBy(next.kid(), topic);
        assertThat(active(directory).kid()).isNotEqualTo(old.kid());
    }

    private void awaitMoreSignedBy(String kid, String topic) {
        long before = signedBy(kid, topic);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> signedBy(kid, topic) >= before + ENOUGH);
    }

    private long signedBy(String kid, String topic) {
        return stage.evidence().records().stream()
                .filter(record -> record.position().topic().equals(topic) && kid.equals(kid(record)))
                .count();
    }

    private static String kid(LogRecord record) {
        var value = new String(record.value(), StandardCharsets.US_ASCII);
        int dot = Math.max(0, value.indexOf('.'));
        return StrictJson.parse(Base64.getUrlDecoder().decode(value.substring(0, dot)))
                .path("kid")
                .asString("");
    }

    private PublicKeyEntry active(Path directory) throws Exception {
        var kid = Files.readString(directory.resolve("active")).strip();
        return new KeyRing(sandbox.keys().ring(), Clock.systemUTC())
                .entries().stream()
                        .filter(entry -> entry.kid().equals(kid))
                        .findFirst()
                        .orElseThrow();
    }

    private long quarantined() {
        return stage.evidence().records().stream()
                .filter(record -> record.position().topic().equals(Topics.QUARANTINE))
                .count();
    }
}
