package dev.mandate.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.sandbox.demo.Narrator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What workers do that are without a guard is found out, and workers as they are do nothing of that. */
@Tag("long")
class ChaosCatchesIT {

    private static final Path CHECKOUT = Path.of(System.getProperty("mandate.home", ".."));

    @ParameterizedTest
    @EnumSource
    void workers_without_a_guard_are_found_out_and_others_are_not(Broken broken) {
        // When
        var output = new ByteArrayOutputStream();
        Judgement judgement;
        try (var out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            judgement = new Experiment(CHECKOUT, Path.of("target", "broken"), new Narrator(out, false)).play(broken);
        }

        // Then
        assertThat(broken.isFoundOutBy(judgement))
                .as(output.toString(StandardCharsets.UTF_8))
                .isTrue();
    }
}
