package dev.mandate.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.bench.report.Progress;
import dev.mandate.bench.stage.Pace;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That it works, in as little time as possible; how fast anything is, is no business of a test. */
class WorkerWorkloadIT {

    @Test
    void mandate_and_an_opponent_do_every_order_once_and_in_order() {
        // Given
        var checkout =
                Path.of(System.getProperty("mandate.home")).toAbsolutePath().normalize();
        var workload = new WorkerWorkload(checkout, Pace.token(), 7, Set.of("mandate", "loop"));
        var silence =
                new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);

        // When
        var measured = workload.measure(silence);

        // Then
        assertThat(measured.tables())
                .hasSize(2)
                .allSatisfy(table -> assertThat(table.rows())
                        .hasSize(2)
                        .allSatisfy(row -> assertThat(row.subList(row.size() - 3, row.size()))
                                .containsOnly("0")));
        assertThat(measured.json().at("/upstream_20_ms/mandate/rounds/0/orders").asInt())
                .isPositive();
        assertThat(measured.json().at("/upstream_0_ms/loop/rounds/0/millis").asInt())
                .isPositive();
    }
}
