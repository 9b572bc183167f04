package dev.mandate.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.bench.Laboratory;
import dev.mandate.bench.stage.Pace;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That it works, in as little time as possible; how fast anything is, is no business of a test. */
class WorkerWorkloadIT {

    private static final Set<String> SOME = Set.of("mandate", "mandate-unannounced", "loop", "loop-signed");

    @Test
    void mandate_and_opponents_do_every_order_once_and_in_order() {
        // Given
        var workload = new WorkerWorkload(Laboratory.checkout(), Pace.token(), 7, SOME);

        // When
        var measured = workload.measure(Laboratory.silence());

        // Then
        assertThat(measured.tables())
                .filteredOn(table -> table.title().startsWith("Executing"))
                .hasSize(2)
                .allSatisfy(table -> assertThat(table.rows())
                        .hasSize(SOME.size())
                        .allSatisfy(row -> assertThat(row.subList(row.size() - 3, row.size()))
                                .containsOnly("0")));
        assertThat(measured.tables())
                .filteredOn(table -> table.title().startsWith("What each safety costs"))
                .hasSize(2)
                .allSatisfy(table -> assertThat(table.rows()).hasSize(3));
        assertThat(measured.json().at("/upstream_20_ms/mandate/rounds/0/orders").asInt())
                .isPositive();
        assertThat(measured.json()
                        .at("/upstream_0_ms/loop-signed/rounds/0/millis")
                        .asInt())
                .isPositive();
    }
}
