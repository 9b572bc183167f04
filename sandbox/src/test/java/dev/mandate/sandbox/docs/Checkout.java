package dev.mandate.sandbox.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The project's files, as documents speak of them. */
final class Checkout {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES =
            List.of("contracts", "api", "worker", "audit", "simulator", "sandbox", "bench/harness");

    private Checkout() {}

    /** The readme and everything in docs. */
    static List<Path> documents() {
        var documents = new ArrayList<Path>();
        documents.add(ROOT.resolve("README.md"));
        documents.addAll(files(ROOT.resolve("docs"), ".md"));
        return documents;
    }

    /** The sources of all tests, by class name. */
    static Map<String, String> tests() {
        return MODULES.stream()
                .flatMap(module -> files(ROOT.resolve(module).resolve("src/test/java"), ".java").stream())
                .collect(Collectors.toMap(Checkout::className, Checkout::read, (one, _) -> one));
    }

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(Path directory, String ending) {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String className(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }
}
