package dev.mandate.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = new Table(
            "Speed",
            List.of("", "per second", "×"),
            List.of(List.of("Mandate", "1,234", "1.00×"), List.of("a raw loop", "9", "137.11×")),
            "Median.");

    @Test
    void in_a_file_it_is_plain_text_in_columns() {
        assertThat(printed(false))
                .containsExactly(
                        "",
                        "Speed",
                        "",
                        "              per second        ×",
                        "  -------------------------------",
                        "  Mandate          1,234    1.00×",
                        "  a raw loop           9  137.11×",
                        "",
                        "  Median.");
    }

    @Test
    void at_a_terminal_the_line_of_mandate_stands_out() {
        assertThat(printed(true))
                .filteredOn(line -> line.contains("Mandate"))
                .containsExactly("  \033[1;36mMandate          1,234    1.00×\033[0m");
    }

    private List<String> printed(boolean terminal) {
        var bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
