package dev.mandate.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.audit.command.AuditCommand;
import dev.mandate.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What an auditor says of a sandbox's log, by public keys alone. */
public final class Audited {

    private Audited() {}

    /** Nothing in the log is amiss. */
    public static void assertEverythingHolds(Sandbox sandbox) {
        var output = new ByteArrayOutputStream();
        int status;
        try (var out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            status = AuditCommand.run(
                    out,
                    out,
                    false,
                    "verify",
                    "--kafka",
                    sandbox.auditorsSettings().toString(),
                    "--ring",
                    sandbox.keys().ring().toString());
        }
        var report = output.toString(StandardCharsets.UTF_8);
        assertThat(status).as(report).isZero();
        assertThat(report).contains("Everything holds.");
    }
}
