package dev.mandate.sandbox.keys;

import static dev.mandate.contracts.signing.StatementType.APPROVAL;
import static dev.mandate.contracts.signing.StatementType.CANCELLATION;
import static dev.mandate.contracts.signing.StatementType.COMMAND;
import static dev.mandate.contracts.signing.StatementType.CONTROL;
import static dev.mandate.contracts.signing.StatementType.JOURNAL;
import static dev.mandate.contracts.signing.StatementType.QUARANTINE;
import static dev.mandate.contracts.signing.StatementType.RECEIPT;
import static dev.mandate.contracts.signing.StatementType.RESOLUTION;

import dev.mandate.contracts.signing.KeyFiles;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.sandbox.process.ServiceDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

/**
 * The keys of a sandbox. Private keys stand in the directory of the process that owns them, public ones in a ring that
 * everybody may read.
 */
public final class SandboxKeys {

    /** What an API signs. */
    static final Set<StatementType> INTAKE_SIGNS =
            Set.of(COMMAND, APPROVAL, CANCELLATION, RESOLUTION, RECEIPT, CONTROL);

    /** What a worker signs. */
    static final Set<StatementType> WORKER_SIGNS = Set.of(JOURNAL, QUARANTINE);

    private static final Set<StatementType> SEALING = Set.of();
    private static final String SIGNING_DIRECTORY = "signing";
    private static final String SEALING_DIRECTORY = "sealing";

    private final Path ring;
    private final Clock clock;

    /**
     * Keys whose public halves are published in this directory.
     *
     * @param clock says from when on a new key is valid
     */
    public SandboxKeys(Path ring, Clock clock) {
        this.ring = ring;
        this.clock = clock;
    }

    /** Everybody's public keys. */
    public Path ring() {
        return ring;
    }

    /** Where the process of this directory keeps its private signing keys. */
    public static Path signing(ServiceDirectory owner) {
        return owner.resolve(SIGNING_DIRECTORY);
    }

    /** Where the process of this directory keeps its private sealing keys. */
    public static Path sealing(ServiceDirectory owner) {
        return owner.resolve(SEALING_DIRECTORY);
    }

    /**
     * Gives an API its first keys.
     *
     * @throws UncheckedIOException when they can't be written
     */
    public void forIntake(ServiceDirectory api) {
        activate(signing(api), publish(signing(api), "intake", INTAKE_SIGNS));
        activate(sealing(api), publish(sealing(api), "intake", SEALING));
    }

    /**
     * Gives a worker its first keys.
     *
     * @throws UncheckedIOException when they can't be written
     */
    public void forWorker(ServiceDirectory worker) {
        activate(signing(worker), publish(signing(worker), "worker", WORKER_SIGNS));
        activate(sealing(worker), publish(sealing(worker), "worker", SEALING));
    }

    /**
     * The first step of a rotation: makes and publishes another signing key, which is not used yet.
     *
     * @throws UncheckedIOException when it can't be written
     */
    public PublicKeyEntry publishNextIntakeKey(ServiceDirectory api) {
        return publish(signing(api), "intake", INTAKE_SIGNS);
    }

    /**
     * The same for the worker.
     *
     * @throws UncheckedIOException when it can't be written
     */
    public PublicKeyEntry publishNextWorkerKey(ServiceDirectory worker) {
        return publish(signing(worker), "worker", WORKER_SIGNS);
    }

    /**
     * The second step of a rotation: from now on this key is used.
     *
     * @throws UncheckedIOException when it can't be written
     */
    public void activate(Path directory, PublicKeyEntry key) {
        try {
            KeyFiles.activate(directory, key.kid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The last step of a rotation: from now on nothing new may be signed with this key.
     *
     * @throws UncheckedIOException when it can't be written
     */
    public void retire(PublicKeyEntry key) {
        try {
            KeyFiles.retire(ring, key, clock.instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PublicKeyEntry publish(Path directory, String owner, Set<StatementType> types) {
        try {
            var key = KeyFiles.generate(directory, owner, types, clock.instant());
            KeyFiles.publish(ring, key);
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
