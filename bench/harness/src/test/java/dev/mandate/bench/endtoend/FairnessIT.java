package dev.mandate.bench.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.bench.Laboratory;
import org.junit.jupiter.api.Test;

/** That it works, in as little time as possible; how long anybody waits, is no business of a test. */
class FairnessIT {

    @Test
    void whoever_asks_beside_others_is_answered() {
        // Given
        var workload = new Fairness(Laboratory.checkout(), true, 7);

        // When
        var measured = workload.measure(Laboratory.silence());

        // Then
        assertThat(measured.tables())
                .hasSize(2)
                .allSatisfy(table -> assertThat(table.rows())
                        .hasSize(5)
                        .allSatisfy(row -> assertThat(row.getLast()).isEqualTo("0")));
        assertThat(measured.json().at("/idle, upstream 20 ms/millis").size()).isPositive();
    }
}
