package dev.mandate.bench.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.bench.Laboratory;
import dev.mandate.bench.stage.Pace;
import org.junit.jupiter.api.Test;

/** That it works, in as little time as possible; how fast anything is, is no business of a test. */
class IntakeWorkloadIT {

    @Test
    void everybody_accepts_whatever_is_handed_over() {
        // Given
        var workload = new IntakeWorkload(Laboratory.checkout(), Pace.token(), 7);

        // When
        var measured = workload.measure(Laboratory.silence());

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
