package dev.mandate.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.SandboxOptions;
import dev.mandate.sandbox.endtoend.SharedSandbox;
import dev.mandate.sandbox.net.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The story that the demo tells is true, and it would not be told if it were not. */
@ExtendWith(SharedSandbox.class)
class StoryIT {

    private static final int STEPS = 15;

    private final Sandbox sandbox;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Demo demo = new Demo(
            SandboxOptions.of(Path.of(""), Path.of("")),
            new Narrator(new PrintStream(output, true, StandardCharsets.UTF_8), false));

    StoryIT(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void every_step_of_the_story_is_as_expected() throws Exception {
        // When
        int status = play(new Story(sandbox));

        // Then
        assertThat(status).as(told()).isZero();
        assertThat(told())
                .endsWith("%d of %d steps as expected%n".formatted(STEPS, STEPS))
                .doesNotContain("FAILED")
                .contains(stepsInTheReadme());
    }

    @Test
    void no_step_is_as_expected_where_no_api_answers_and_the_auditor_lacks_the_workers_key() throws Exception {
        // Given
        var nowhere = URI.create("http://127.0.0.1:" + FreePorts.take(1).getFirst());
        var keys = publicKeysOf("worker");
        for (var key : keys) {
            Files.move(key, hidden(key));
        }
        try {
            // When
            int status = play(new Story(new Stage(sandbox, nowhere)));

            // Then
            assertThat(status).isNotZero();
            assertThat(told()).endsWith("0 of %d steps as expected%n".formatted(STEPS));
        } finally {
            for (var key : keys) {
                Files.move(hidden(key), key);
            }
            sandbox.simulator().faults().clear();
        }
    }

    private static List<String> stepsInTheReadme() throws Exception {
        try (var lines = Files.lines(Path.of("..", "README.md"))) {
            var steps = lines.filter(line -> line.matches("[ 1]\\d  \\S.*")).toList();
            assertThat(steps).isNotEmpty();
            return steps;
        }
    }

    private int play(Story story) {
        try (story) {
            return demo.tell(story.steps());
        }
    }

    private List<Path> publicKeysOf(String owner) throws Exception {
        try (var files = Files.list(sandbox.keys().ring())) {
            return files.filter(file -> file.getFileName().toString().startsWith(owner))
                    .toList();
        }
    }

    private static Path hidden(Path key) {
        return key.resolveSibling("." + key.getFileName() + ".hidden");
    }

    private String told() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
