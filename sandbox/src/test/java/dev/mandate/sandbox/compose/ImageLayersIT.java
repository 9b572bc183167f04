package dev.mandate.sandbox.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Dockerfile does with a jar is done here without Docker, command by command as they stand in it. */
class ImageLayersIT {

    private static final Path HOME = Path.of(System.getProperty("mandate.home", ".."));
    private static final Pattern LAYER = Pattern.compile("COPY --from=layers /layers/([a-z-]+)/ \\./");

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"api", "worker"})
    void the_layers_of_an_image_hold_the_jar_and_everything_on_its_class_path(String module) throws Exception {
        // Given
        var dockerfile = Files.readAllLines(HOME.resolve(module).resolve("Dockerfile"));
        var jar = "mandate-" + module + ".jar";
        Files.copy(built(module), temporary.resolve(jar));

        // When
        extract(dockerfile);
        var image = Files.createDirectory(temporary.resolve("image"));
        for (var layer : layers(dockerfile)) {
            copy(temporary.resolve("layers").resolve(layer), image);
        }

        // Then
        try (var opened = new JarFile(image.resolve(jar).toFile())) {
            var classPath = opened.getManifest().getMainAttributes().getValue("Class-Path");
            assertThat(classPath.split(" "))
                    .hasSizeGreaterThan(20)
                    .allSatisfy(entry -> assertThat(image.resolve(entry)).isRegularFile());
        }
    }

    private void extract(List<String> dockerfile) throws Exception {
        var command = dockerfile.stream()
                .filter(line -> line.startsWith("RUN java "))
                .map(line -> line.substring("RUN java ".length()))
                .map(line -> line.replace(" /layers", " " + temporary.resolve("layers")))
                .findFirst()
                .orElseThrow();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder("sh", "-c", "exec '" + java + "' " + command)
                .directory(temporary.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static List<String> layers(List<String> dockerfile) {
        return dockerfile.stream()
                .map(LAYER::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
    }

    private static Path built(String module) throws IOException {
        try (var files = Files.list(HOME.resolve(module).resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("mandate-" + module + "-.*-exec\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var tree = Files.walk(from)) {
            for (var path : tree.toList()) {
                var target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
