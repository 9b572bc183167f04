package dev.mandate.sandbox.keys;

import dev.mandate.contracts.signing.KeyFiles;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.contracts.signing.StatementType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The steps of a key's life, for operators: in the directories of an installation, one step at a time. */
@Command(
        name = "keys",
        description = "Make, activate, retire and list keys. docs/operations.md says when to take which step.",
        subcommands = CommandLine.HelpCommand.class,
        sortOptions = false)
public final class KeysCommand {

    private static final String SUFFIX = ".pem";

    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    /** Who holds a key. */
    enum Owner {
        INTAKE(SandboxKeys.INTAKE_SIGNS),
        WORKER(SandboxKeys.WORKER_SIGNS);

        private final Set<StatementType> signs;

        Owner(Set<StatementType> signs) {
            this.signs = signs;
        }

        /** As the key's entry has it. */
        private String role() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a key is for. */
    enum Use {
        SIGNING,
        SEALING
    }

    /** @param clock says from when on a key is valid, or retired */
    public KeysCommand(Clock clock) {
        this.clock = clock;
    }

    @Command(
            name = "generate",
            description = "Make a key and publish its public half. Nobody uses a signing key before it is active;"
                    + " whoever seals uses the newest sealing key that is published.")
    int generate(
            @Option(names = "--owner", required = true, description = "intake or worker.") Owner owner,
            @Option(names = "--use", required = true, description = "signing or sealing.") Use use,
            @Option(names = "--private", required = true, description = "The owner's directory of such keys.")
                    Path directory,
            @Option(names = "--ring", required = true, description = "The directory of everybody's public keys.")
                    Path ring)
            throws IOException {
        require(directory);
        require(ring);
        var others = permissionsIn(directory);
        var types = use == Use.SIGNING ? owner.signs : Set.<StatementType>of();
        var key = KeyFiles.generate(directory, owner.role(), types, clock.instant());
        if (others.isPresent()) {
            // Whoever may read the keys that are there has to read this one, too.
            Files.setPosixFilePermissions(privateKey(directory, key.kid()), others.get());
        }
        KeyFiles.publish(ring, key);
        out().println(key.kid());
        return ExitCode.OK;
    }

    @Command(name = "activate", description = "Have the owner sign with this key from now on.")
    int activate(
            @Parameters(paramLabel = "KID", description = "The key's name.") String kid,
            @Option(names = "--private", required = true, description = "The owner's directory of such keys.")
                    Path directory,
            @Option(names = "--ring", required = true, description = "The directory of everybody's public keys.")
                    Path ring)
            throws IOException {
        require(directory);
        var key = find(ring, kid);
        if (!Files.isRegularFile(privateKey(directory, kid))) {
            throw refusal("There is no private key " + kid + " in " + directory + ".");
        }
        if (!key.validAt(clock.instant())) {
            throw refusal(kid + " is retired, or not valid yet: nobody would believe what is signed with it.");
        }
        KeyFiles.activate(directory, kid);
        return ExitCode.OK;
    }

    @Command(
            name = "retire",
            description = "Have nobody believe what is signed with this key from now on. What was appended before stays"
                    + " valid.")
    int retire(
            @Parameters(paramLabel = "KID", description = "The key's name.") String kid,
            @Option(names = "--ring", required = true, description = "The directory of everybody's public keys.")
                    Path ring)
            throws IOException {
        var key = find(ring, kid);
        var now = clock.instant();
        boolean another = ring(ring).entries().stream()
                .anyMatch(entry -> !entry.kid().equals(kid)
                        && entry.owner().equals(key.owner())
                        && entry.signs() == key.signs()
                        && entry.validAt(now));
        if (!another) {
            throw refusal("The " + key.owner() + " has no other such key. Generate one, and activate it first.");
        }
        KeyFiles.retire(ring, key, now);
        return ExitCode.OK;
    }

    @Command(name = "list", description = "Print everybody's public keys.")
    int list(
            @Option(names = "--ring", required = true, description = "The directory of everybody's public keys.")
                    Path ring) {
        var now = clock.instant();
        for (var key : ring(ring).entries()) {
            out().printf("%-32s  %-6s  %-7s  %s%n", key.kid(), key.owner(), use(key), state(key, now));
        }
        return ExitCode.OK;
    }

    private static String use(PublicKeyEntry key) {
        return key.signs() ? "signing" : "sealing";
    }

    private static String state(PublicKeyEntry key, Instant now) {
        return key.expires()
                .filter(end -> !now.isBefore(end))
                .map(end -> "retired at " + end)
                .orElseGet(() -> "since " + key.notBefore());
    }

    private PublicKeyEntry find(Path ring, String kid) {
        return ring(ring).entries().stream()
                .filter(entry -> entry.kid().equals(kid))
                .findFirst()
                .orElseThrow(() -> refusal("There is no key " + kid + " in " + ring + "."));
    }

    private KeyRing ring(Path ring) {
        require(ring);
        return new KeyRing(ring, clock);
    }

    private void require(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw refusal("There is no directory " + directory + ".");
        }
    }

    /** Of one of the private keys that are there. */
    private static Optional<Set<PosixFilePermission>> permissionsIn(Path directory) throws IOException {
        try (var keys = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (var key : keys) {
                return Optional.of(Files.getPosixFilePermissions(key));
            }
        }
        return Optional.empty();
    }

    private static Path privateKey(Path directory, String kid) {
        return directory.resolve(kid + SUFFIX);
    }

    private ParameterException refusal(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets it before any command runs");
        }
        return spec;
    }
}
