package dev.mandate.sandbox.keys;

import dev.mandate.contracts.signing.KeyFiles;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.sandbox.process.FileTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
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

    /** Where a key's two halves are. */
    private static final class Directories {

        @Option(names = "--private", required = true, description = "The owner's directory of such keys.")
        private Path own = Path.of("");

        @Option(names = "--ring", required = true, description = "The directory of everybody's public keys.")
        private Path ring = Path.of("");
    }

    /** Keys that may stand in one directory. */
    private record Kind(String owner, boolean signs) {

        static Kind of(PublicKeyEntry key) {
            return new Kind(key.owner(), key.signs());
        }

        @Override
        public String toString() {
            return (signs ? "signing" : "sealing") + " keys of the " + owner;
        }
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
            @Mixin Directories where)
            throws IOException {
        require(where.own);
        var kind = new Kind(owner.role(), use == Use.SIGNING);
        requireOnly(kind, where.own, ring(where.ring));
        var draft = Files.createTempDirectory(where.own, ".new");
        try {
            var key = KeyFiles.generate(draft, kind.owner(), kind.signs() ? owner.signs : Set.of(), clock.instant());
            // Whoever reads the directory meanwhile must not find a key that is half there.
            letTheSameRead(privateKey(draft, key.kid()), where.own);
            Files.move(privateKey(draft, key.kid()), privateKey(where.own, key.kid()), StandardCopyOption.ATOMIC_MOVE);
            KeyFiles.publish(where.ring, key);
            out().println(key.kid());
        } finally {
            FileTree.delete(draft);
        }
        return ExitCode.OK;
    }

    @Command(name = "activate", description = "Have the owner sign with this key from now on.")
    int activate(@Parameters(paramLabel = "KID", description = "The key's name.") String kid, @Mixin Directories where)
            throws IOException {
        require(where.own);
        var key = find(where.ring, kid);
        if (!Files.isRegularFile(privateKey(where.own, kid))) {
            throw refusal("There is no private key " + kid + " in " + where.own + ".");
        }
        requireOnly(Kind.of(key), where.own, ring(where.ring));
        // One that was retired a moment ago is still valid for the rest of the second.
        if (key.expires().isPresent() || !key.validAt(clock.instant())) {
            throw refusal(kid + " is retired, or not valid yet: nobody would believe what is signed with it.");
        }
        KeyFiles.activate(where.own, kid);
        return ExitCode.OK;
    }

    @Command(
            name = "retire",
            description = "Have nobody believe what is signed with this key from now on. What was appended before stays"
                    + " valid.")
    int retire(@Parameters(paramLabel = "KID", description = "The key's name.") String kid, @Mixin Directories where)
            throws IOException {
        require(where.own);
        var key = find(where.ring, kid);
        requireOnly(Kind.of(key), where.own, ring(where.ring));
        if (key.expires().isPresent()) {
            throw refusal(kid + " is retired already, at " + key.expires().get() + ".");
        }
        var active = where.own.resolve("active");
        if (!Files.isRegularFile(active)) {
            throw refusal("There is no file active in " + where.own + ", which names the key in use.");
        }
        if (Files.readString(active).strip().equals(kid)) {
            throw refusal(kid + " is the active key of the " + key.owner() + ". Activate another one first, and wait"
                    + " until nothing new is signed with this one.");
        }
        KeyFiles.retire(where.ring, key, clock.instant());
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

    /** A directory holds keys of one kind; its owner could sign as somebody else, or not start any more, otherwise. */
    private void requireOnly(Kind kind, Path directory, KeyRing ring) throws IOException {
        for (var file : privateKeys(directory)) {
            var kid = file.getFileName().toString().replace(SUFFIX, "");
            var other = ring.entries().stream()
                    .filter(entry -> entry.kid().equals(kid))
                    .map(Kind::of)
                    .filter(found -> !found.equals(kind))
                    .findFirst();
            if (other.isPresent()) {
                throw refusal("%s holds %s: no place for %s.".formatted(directory, other.get(), kind));
            }
        }
    }

    /** Gives a new key owner, group and mode of one that is there, if there is one. */
    private void letTheSameRead(Path key, Path directory) throws IOException {
        for (var other : privateKeys(directory)) {
            var wanted = Files.readAttributes(other, PosixFileAttributes.class);
            var view = Files.getFileAttributeView(key, PosixFileAttributeView.class);
            try {
                if (!view.readAttributes().owner().equals(wanted.owner())) {
                    view.setOwner(wanted.owner());
                }
                if (!view.readAttributes().group().equals(wanted.group())) {
                    view.setGroup(wanted.group());
                }
            } catch (IOException e) {
                throw refusal("The keys in " + directory + " belong to " + wanted.owner() + " and " + wanted.group()
                        + ", which a new one could not be given. Run this as one who may.");
            }
            view.setPermissions(wanted.permissions());
            return;
        }
    }

    private static List<Path> privateKeys(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
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
