package dev.mandate.sandbox.demo;

import dev.mandate.audit.command.AuditCommand;
import dev.mandate.contracts.topic.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/** What an auditor finds who has read-only credentials and public keys. */
final class Auditing {

    private final Stage stage;
    private final Supplier<String> genuine;

    /**
     * An audit of everything.
     *
     * @param genuine the id of a command to tamper with, in a copy
     */
    Auditing(Stage stage, Supplier<String> genuine) {
        this.stage = stage;
        this.genuine = genuine;
    }

    List<Step> steps() {
        return List.of(
                new Step("The auditor verifies everything that happened", this::everythingHolds),
                new Step("… and finds the one byte that is changed in a copy", this::oneByte));
    }

    private record Run(int status, List<String> output) {}

    private void everythingHolds(Scene scene) {
        scene.asked("mandate audit verify --kafka auditor.properties --ring ring");
        var run = audit("verify", "--kafka", stage.sandbox().auditorsSettings().toString(), "--ring", ring());
        scene.back(run.output().getFirst());
        scene.back(run.output().getLast());
        scene.expect("its exit status is 0", run.status() == 0);
        scene.expect("everything holds", run.output().contains("Everything holds."));
    }

    private void oneByte(Scene scene) throws IOException {
        var position =
                stage.evidence().command(genuine.get()).orElseThrow().record().position();
        var bundle = stage.sandbox().path().resolve("everything.bundle");
        scene.asked("mandate audit export, and in the copy one byte of %s is changed; then verify both"
                .formatted(position));
        var export =
                audit("export", "--kafka", stage.sandbox().auditorsSettings().toString(), "--out", bundle.toString());
        var copy = audit("verify", "--bundle", bundle.toString(), "--ring", ring());
        tamper(bundle, position);
        var tampered = audit("verify", "--bundle", bundle.toString(), "--ring", ring());
        var findings = findings(tampered);
        scene.back("the copy: %s".formatted(copy.output().getLast()));
        scene.back("the changed copy: %s".formatted(tampered.output().getLast()));
        findings.stream().limit(2).forEach(scene::back);
        scene.expect("the copy holds", export.status() == 0 && copy.status() == 0);
        scene.expect("the changed copy does not, and the exit status is 1", tampered.status() == 1);
        scene.expect(
                "the first finding is the signature of that record",
                !findings.isEmpty()
                        && findings.getFirst().startsWith(position.toString())
                        && findings.getFirst().contains("signature"));
    }

    /** Each finding in one line: the place, then what is wrong. */
    private static List<String> findings(Run run) {
        var lines = run.output();
        var findings = new ArrayList<String>();
        for (int i = lines.indexOf("What does not hold") + 1; i > 0 && i + 1 < lines.size(); i++) {
            if (lines.get(i).startsWith("  ") && lines.get(i + 1).startsWith("    ")) {
                findings.add(lines.get(i).strip() + ": " + lines.get(i + 1).strip());
            }
        }
        return findings;
    }

    /** Changes one character in the middle of a record's value, of which each stands for six bits. */
    private static void tamper(Path bundle, LogRecord.Position position) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(bundle, StandardCharsets.US_ASCII));
        var beginning = "record " + position + " ";
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(beginning)) {
                var fields = lines.get(i).split(" ", -1);
                fields[4] = withOneByteChanged(fields[4]);
                lines.set(i, String.join(" ", fields));
            }
        }
        Files.write(bundle, lines, StandardCharsets.US_ASCII);
    }

    private static String withOneByteChanged(String base64) {
        var decoded = Base64.getUrlDecoder().decode(base64);
        // The record's value is text itself; its middle is in the claims. A letter becomes another letter.
        int middle = decoded.length / 2;
        decoded[middle] = (byte) (decoded[middle] == 'A' ? 'B' : 'A');
        return Base64.getUrlEncoder().withoutPadding().encodeToString(decoded);
    }

    private String ring() {
        return stage.sandbox().keys().ring().toString();
    }

    private static Run audit(String... arguments) {
        var output = new ByteArrayOutputStream();
        int status;
        try (var out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            status = AuditCommand.run(out, out, false, arguments);
        }
        return new Run(status, output.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
