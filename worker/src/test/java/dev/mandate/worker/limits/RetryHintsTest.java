package dev.mandate.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryHintsTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String IN_FIVE_SECONDS = String.valueOf(NOW.getEpochSecond() + 5);

    @Test
    void a_limit_that_was_run_into_says_when_it_is_over() {
        assertThat(hint(429, Map.of("x-ratelimit-reset", IN_FIVE_SECONDS))).contains(Duration.ofSeconds(5));
        assertThat(hint(429, Map.of("retry-after", "2", "x-ratelimit-reset", IN_FIVE_SECONDS)))
                .contains(Duration.ofSeconds(2));
    }

    @Test
    void when_a_limit_is_over_says_nothing_of_when_a_server_is_back() {
        assertThat(hint(503, Map.of("x-ratelimit-reset", IN_FIVE_SECONDS))).isEmpty();
        assertThat(hint(503, Map.of("retry-after", "7"))).contains(Duration.ofSeconds(7));
    }

    @Test
    void nobody_is_believed_to_ask_for_more_than_a_quarter_of_an_hour() {
        assertThat(hint(503, Map.of("retry-after", "86400"))).contains(Duration.ofMinutes(15));
        assertThat(hint(429, Map.of("retry-after", String.valueOf(Long.MAX_VALUE))))
                .contains(Duration.ofMinutes(15));
    }

    @Test
    void what_is_no_number_of_seconds_to_come_is_no_hint() {
        assertThat(hint(429, Map.of("retry-after", "Wed, 25 Nov 2026 12:00:05 GMT")))
                .isEmpty();
        assertThat(hint(429, Map.of("retry-after", "-1"))).isEmpty();
        assertThat(hint(429, Map.of("x-ratelimit-reset", String.valueOf(NOW.getEpochSecond() - 5))))
                .isEmpty();
        assertThat(hint(429, Map.of())).isEmpty();
    }

    private static Optional<Duration> hint(int status, Map<String, String> headers) {
        return RetryHints.of(status, name -> Optional.ofNullable(headers.get(name)), NOW);
    }
}
