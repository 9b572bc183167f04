package dev.mandate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {

    @Test
    void what_is_misspelt_does_not_pass_for_measured() {
        // When
        var said = new StringWriter();
        var command = new CommandLine(new BenchCommand(
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false))
                .setErr(new PrintWriter(said));

        // Then
        assertThat(command.execute("--only", "wroker")).isEqualTo(2);
        assertThat(command.execute("--opponents", "loop,kafka-streams")).isEqualTo(2);
        assertThat(said.toString())
                .contains("There is no workload \"wroker\"")
                .contains("There is no opponent \"kafka-streams\"");
    }
}
