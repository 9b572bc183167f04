package dev.mandate.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void it_is_told_whatever_the_order_of_the_samples() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
    }

    @Test
    void a_quantile_is_a_sample_that_the_share_does_not_exceed() {
        var sorted = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0);

        assertThat(Spread.quantile(sorted, 0.5)).isEqualTo(5);
        assertThat(Spread.quantile(sorted, 0.99)).isEqualTo(10);
        assertThat(Spread.quantile(sorted, 0)).isEqualTo(1);
    }
}
