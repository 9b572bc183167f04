package dev.mandate.bench.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.bench.report.Progress;
import dev.mandate.bench.stage.Pace;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** That it works, in as little time as possible; how fast anything is, is no business of a test. */
class IntakeWorkloadIT {

    @Test
    void everybody_accepts_whatever_is_handed_over() {
        // Given
        var checkout =
                Path.of(System.getProperty("mandate.home")).toAbsolutePath().normalize();
        var workload = new IntakeWorkload(checkout, Pace.token(), 7);
        var silence =
                new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);

        // When
        var measured = workload.measure(silence);

        // Then
        assertThat(measured.tables())
                .singleElement()
                .satisfies(table -> assertThat(table.rows())
                        .hasSize(Taker.all().size())
                        .allSatisfy(row -> assertThat(row.getLast()).isEqualTo("0")));
        for (var taker : Taker.all()) {
            var round = measured.json().path(taker.key()).path("rounds").path(0);
            assertThat(round.path("accepted").asLong()).as(taker.name()).isPositive();
            assertThat(round.path("server_cpu_millis").asDouble())
                    .as(taker.name())
                    .isPositive();
        }
    }
}
