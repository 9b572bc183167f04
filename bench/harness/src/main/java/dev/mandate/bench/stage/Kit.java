package dev.mandate.bench.stage;

import dev.mandate.contracts.command.CommandWriter;
import dev.mandate.contracts.journal.JournalWriter;
import dev.mandate.contracts.sealing.Sealer;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.KeySigner;
import dev.mandate.sandbox.keys.SandboxKeys;
import dev.mandate.sandbox.process.ServiceDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** The keys and secrets of Mandate's processes, in directories as in production. */
final class Kit {

    private final ServiceDirectory intake;
    private final ServiceDirectory worker;
    private final SandboxKeys keys;

    /** Fresh keys below this directory. */
    Kit(Path home) {
        keys = new SandboxKeys(home.resolve("ring"), Clock.systemUTC());
        intake = ServiceDirectory.create(home.resolve("keys").resolve("intake"));
        worker = ServiceDirectory.create(home.resolve("keys").resolve("worker"));
        keys.forIntake(intake);
        keys.forWorker(worker);
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        intake.writeSecret("request-hash-key", secret);
        worker.writeSecret("client-secret", "the-upstream-does-not-look".getBytes(StandardCharsets.UTF_8));
    }

    ServiceDirectory intake() {
        return intake;
    }

    ServiceDirectory worker() {
        return worker;
    }

    Path ring() {
        return keys.ring();
    }

    /** Signs commands as the API does. */
    CommandWriter writer() {
        return new CommandWriter(new KeySigner(SandboxKeys.signing(intake), Clock.systemUTC()));
    }

    /** Signs what the journal says as the worker does. */
    JournalWriter journalWriter() {
        return new JournalWriter(new KeySigner(SandboxKeys.signing(worker), Clock.systemUTC()));
    }

    /** Seals to one of the roles, {@code worker} or {@code intake}, as the other one does. */
    Sealer sealer(String reader) {
        return new Sealer(new KeyRing(keys.ring(), Clock.systemUTC()), reader);
    }

    /** An answer of the upstream, sealed as the worker seals them. */
    String sealedAnswer() {
        return sealer("intake")
                .seal(
                        SealingContext.result("any", "", Optional.empty(), ""),
                        "{\"status\":200,\"body\":{\"user_id\":\"bench|0000\"}}".getBytes(StandardCharsets.UTF_8));
    }
}
