package dev.mandate.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.bench.Laboratory;
import dev.mandate.bench.stage.Pace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That it works, in as little time as possible; how much of a limit anybody uses, is no business of a test. */
class LimitsWorkloadIT {

    @Test
    void nothing_of_mandates_is_lost_or_done_twice_within_a_limit_and_others_are_counted_as_they_are() {
        // Given
        var workload = new LimitsWorkload(Laboratory.checkout(), Pace.token(), 7);

        // When
        var measured = workload.measure(Laboratory.silence());

        // Then
        assertThat(measured.tables())
                .singleElement()
                .satisfies(table -> assertThat(table.rows())
                        .hasSize(6)
                        .filteredOn(row -> row.getFirst().startsWith("Mandate"))
                        .hasSize(3)
                        .allSatisfy(row -> assertThat(row.subList(row.size() - 3, row.size()))
                                .containsOnly("0")));
        for (var key : List.of("mandate-1", "mandate-3", "mandate-3-one-partition", "listener")) {
            assertThat(measured.json().path(key).path("passed").asLong())
                    .as(key)
                    .isPositive();
        }
    }
}
