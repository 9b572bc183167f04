package dev.mandate.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.bench.Laboratory;
import dev.mandate.bench.stage.Pace;
import org.junit.jupiter.api.Test;

/** That it works, in as little time as possible; how fast anything is, is no business of a test. */
class GrowthWorkloadIT {

    @Test
    void one_two_and_four_workers_do_every_order_once_and_in_order() {
        // Given
        var workload = new GrowthWorkload(Laboratory.checkout(), Pace.token(), 7);

        // When
        var measured = workload.measure(Laboratory.silence());

        // Then
        assertThat(measured.tables())
                .singleElement()
                .satisfies(table -> assertThat(table.rows())
                        .hasSize(3)
                        .allSatisfy(row -> assertThat(row.subList(row.size() - 3, row.size()))
                                .containsOnly("0")));
        assertThat(measured.json().at("/mandate-4/rounds/0/orders").asInt()).isPositive();
    }
}
