package dev.mandate.sandbox.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The script in src/test/node, in a directory of its own, with the dependencies that its lock file names. */
final class NodeScript {

    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Pattern UNREACHABLE = Pattern.compile(
            "\\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\\b");
    private static final long PATIENCE_SECONDS = 180;

    private final Path directory;

    private NodeScript(Path directory) {
        this.directory = directory;
    }

    /** Whether Node.js and npm are on the path. */
    static boolean canRun() {
        return Stream.of("node", "npm").allMatch(NodeScript::isOnThePath);
    }

    /**
     * Copies the script and fetches what it needs.
     *
     * @return nothing, when npm can't reach its registry from here
     * @throws IllegalStateException with npm's own words, when it can't for another reason
     */
    static Optional<NodeScript> install(Path directory) throws Exception {
        try (var files = Files.list(SOURCES)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
        var script = new NodeScript(directory);
        try {
            script.run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"), new byte[0]);
            return Optional.of(script);
        } catch (IllegalStateException e) {
            if (UNREACHABLE.matcher(String.valueOf(e.getMessage())).find()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Runs it; the answer is what it prints. */
    byte[] verify(byte[] input) throws Exception {
        return run(List.of("node", "verify.mjs"), input);
    }

    private byte[] run(List<String> command, byte[] input) throws Exception {
        var in = Files.write(directory.resolve("stdin"), input);
        var out = directory.resolve("stdout");
        var err = directory.resolve("stderr");
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " does not end");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command + ": " + text(err) + text(out));
        }
        return Files.readAllBytes(out);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static boolean isOnThePath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}
