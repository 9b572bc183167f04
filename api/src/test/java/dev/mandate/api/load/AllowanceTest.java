package dev.mandate.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final Allowance allowance = new Allowance(3, 2, START);

    @Test
    void after_the_burst_nothing_is_left_until_time_has_passed() {
        assertThat(allowance.take(START)).isEqualTo(grant(true, 2, 0, 500));
        assertThat(allowance.take(START)).isEqualTo(grant(true, 1, 0, 1000));
        assertThat(allowance.take(START)).isEqualTo(grant(true, 0, 500, 1500));
        assertThat(allowance.take(START)).isEqualTo(grant(false, 0, 500, 1500));
        assertThat(allowance.take(START.plusMillis(499)).granted()).isFalse();
        assertThat(allowance.take(START.plusMillis(500)).granted()).isTrue();
        assertThat(allowance.take(START.plusMillis(500)).granted()).isFalse();
    }

    @Test
    void a_long_pause_gives_no_more_than_the_burst() {
        Instant later = START.plus(Duration.ofDays(1));
        assertThat(allowance.take(later).left()).isEqualTo(2);
    }

    @Test
    void A28_a_clock_that_is_set_back_gives_nothing_and_takes_nothing() {
        allowance.take(START);
        allowance.take(START);
        Instant earlier = START.minusSeconds(3600);
        assertThat(allowance.take(earlier).granted()).isTrue();
        assertThat(allowance.take(earlier).granted()).isFalse();
        assertThat(allowance.take(earlier.plusMillis(500)).granted()).isTrue();
    }

    private static Allowance.Grant grant(boolean granted, int left, long next, long full) {
        return new Allowance.Grant(granted, left, Duration.ofMillis(next), Duration.ofMillis(full));
    }
}
