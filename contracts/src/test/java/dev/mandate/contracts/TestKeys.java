package dev.mandate.contracts;

import dev.mandate.contracts.sealing.Opener;
import dev.mandate.contracts.sealing.Sealer;
import dev.mandate.contracts.signing.KeyFiles;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.KeySigner;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** Fresh keys of an intake and a worker in a directory, laid out as in production. */
public final class TestKeys {

    /** What the intake's keys may sign. */
    public static final Set<StatementType> INTAKE_TYPES = Set.of(
            StatementType.COMMAND,
            StatementType.APPROVAL,
            StatementType.CANCELLATION,
            StatementType.RESOLUTION,
            StatementType.RECEIPT,
            StatementType.CONTROL);

    /** What the worker's keys may sign. */
    public static final Set<StatementType> WORKER_TYPES = Set.of(StatementType.JOURNAL, StatementType.QUARANTINE);

    private final Path root;
    private final Clock clock;
    private final PublicKeyEntry intakeKey;
    private final PublicKeyEntry workerKey;

    private TestKeys(Path root, Clock clock) throws IOException {
        this.root = root;
        this.clock = clock;
        Instant since = Instant.EPOCH;
        this.intakeKey = add(intakeSigning(), "intake", INTAKE_TYPES, since);
        this.workerKey = add(workerSigning(), "worker", WORKER_TYPES, since);
        add(intakeSealing(), "intake", Set.of(), since);
        add(workerSealing(), "worker", Set.of(), since);
    }

    /** Keys below this directory. */
    public static TestKeys in(Path root, Clock clock) {
        try {
            return new TestKeys(root, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PublicKeyEntry add(Path directory, String owner, Set<StatementType> types, Instant since)
            throws IOException {
        PublicKeyEntry entry = KeyFiles.generate(directory, owner, types, since);
        KeyFiles.publish(ring(), entry);
        KeyFiles.activate(directory, entry.kid());
        return entry;
    }

    public Path ring() {
        return root.resolve("ring");
    }

    public Path intakeSigning() {
        return root.resolve("intake-signing");
    }

    public Path workerSigning() {
        return root.resolve("worker-signing");
    }

    public Path intakeSealing() {
        return root.resolve("intake-sealing");
    }

    public Path workerSealing() {
        return root.resolve("worker-sealing");
    }

    public PublicKeyEntry intakeKey() {
        return intakeKey;
    }

    public PublicKeyEntry workerKey() {
        return workerKey;
    }

    public KeyRing keyRing() {
        return new KeyRing(ring(), clock);
    }

    public Verifier verifier() {
        return new Verifier(keyRing());
    }

    public KeySigner intakeSigner() {
        return new KeySigner(intakeSigning(), clock);
    }

    public KeySigner workerSigner() {
        return new KeySigner(workerSigning(), clock);
    }

    public Sealer sealerTo(String reader) {
        return new Sealer(keyRing(), reader);
    }

    public Opener workerOpener() {
        return new Opener(workerSealing(), clock);
    }

    public Opener intakeOpener() {
        return new Opener(intakeSealing(), clock);
    }
}
