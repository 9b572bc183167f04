package dev.mandate.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.sandbox.SandboxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a demo says, and ends with, when something is not as expected. */
class DemoTest {

    private static final Step GOOD = new Step("It rains", scene -> {
        scene.asked("does it rain?");
        scene.back("yes");
        scene.expect("it rains", true);
    });

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Demo demo = new Demo(
            SandboxOptions.of(Path.of(""), Path.of("")),
            new Narrator(new PrintStream(output, true, StandardCharsets.UTF_8), false));

    @Test
    void a_demo_whose_steps_are_all_as_expected_ends_with_0() {
        assertThat(demo.tell(List.of(GOOD, GOOD))).isZero();
        assertThat(lines())
                .contains("    asked  does it rain?", "    back   yes", "    ok     as expected: it rains")
                .endsWith("2 of 2 steps as expected");
    }

    @Test
    void one_expectation_that_does_not_hold_makes_it_end_with_another_status_and_is_told() {
        // Given
        var bad = new Step("It snows", scene -> {
            scene.expect("it is cold", true);
            scene.expect("it is white", false);
        });

        // Then
        assertThat(demo.tell(List.of(GOOD, bad, GOOD))).isNotZero();
        assertThat(lines())
                .contains("    FAILED not as expected: it is white")
                .doesNotContain("    FAILED not as expected: it is cold")
                .endsWith("2 of 3 steps as expected");
    }

    @Test
    void a_step_that_breaks_off_is_not_as_expected_whatever_held_before() {
        // Given
        var broken = new Step("It hails", scene -> {
            scene.expect("it is loud", true);
            throw new IOException("no hail");
        });

        // Then
        assertThat(demo.tell(List.of(broken))).isNotZero();
        assertThat(lines()).contains("    back   java.io.IOException: no hail").endsWith("0 of 1 steps as expected");
    }

    @Test
    void a_step_that_expects_nothing_has_shown_nothing() {
        assertThat(demo.tell(List.of(new Step("Nothing", scene -> scene.back("something")))))
                .isNotZero();
        assertThat(lines()).contains("    FAILED nothing was expected");
    }

    private List<String> lines() {
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
