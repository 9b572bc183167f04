package dev.mandate.bench.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.bench.Laboratory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That it works, in as little time as possible; how long a recovery takes, is no business of a test. */
class RecoveryWorkloadIT {

    @Test
    void what_waits_ends_after_each_crash_and_what_was_settled_is_not_done_again() {
        // Given
        var workload = new RecoveryWorkload(Laboratory.checkout(), List.of(100, 200), 1, 7);

        // When
        var measured = workload.measure(Laboratory.silence());

        // Then
        assertThat(measured.tables())
                .singleElement()
                .satisfies(table -> assertThat(table.rows())
                        .hasSize(4)
                        .allSatisfy(row -> assertThat(row.subList(row.size() - 2, row.size()))
                                .as("not ended, twice")
                                .containsOnly("0")));
        assertThat(measured.json().path("sizes")).hasSize(4).allSatisfy(size -> {
            assertThat(size.path("session_timeout_millis").asLong()).isPositive();
            assertThat(size.at("/samples/0/first_millis").asLong()).isPositive();
            assertThat(size.path("executed").asLong())
                    .isEqualTo(size.path("waited").asLong())
                    .isPositive();
            assertThat(size.path("executed_twice").asLong()).isZero();
        });
    }
}
