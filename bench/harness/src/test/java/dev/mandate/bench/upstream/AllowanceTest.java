package dev.mandate.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Allowance allowance = new Allowance();

    @Test
    void as_many_pass_at_once_as_the_bucket_holds_and_then_one_for_each_part_of_a_second() {
        // Given
        allowance.follow(Conduct.taking(Duration.ZERO).limitedTo(10, 2), START);

        // When, then
        assertThat(passes(0)).isTrue();
        assertThat(passes(0)).isTrue();
        assertThat(passes(0)).isFalse();
        assertThat(passes(100)).isTrue();
        assertThat(passes(100)).isFalse();
        assertThat(allowance.limited()).isEqualTo(new Limited(3, 2, 0));
    }

    @Test
    void whoever_asks_before_the_second_that_a_refusal_names_did_not_heed_it() {
        // Given
        allowance.follow(Conduct.taking(Duration.ZERO).limitedTo(1, 1), START);
        passes(0);
        passes(10);

        // When: on its way at the refusal, while told to wait, and at the second that was named
        passes(50);
        passes(500);
        passes(1010);

        // Then
        assertThat(allowance.limited().heedless()).isEqualTo(1);
    }

    @Test
    void without_a_limit_everybody_passes() {
        assertThat(allowance.pass(START).allowed()).isTrue();
        assertThat(allowance.pass(START).headers()).isEmpty();
    }

    @Test
    void every_answer_says_what_is_left_and_when_there_is_more() {
        // Given
        allowance.follow(Conduct.taking(Duration.ZERO).limitedTo(2, 1), START);

        // When
        var passage = allowance.pass(START);

        // Then
        assertThat(passage.headers())
                .containsExactly("x-ratelimit-limit: 1", "x-ratelimit-remaining: 0", "x-ratelimit-reset: 1767225601");
    }

    private boolean passes(long millis) {
        return allowance.pass(START.plusMillis(millis)).allowed();
    }
}
