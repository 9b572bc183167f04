package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.worker.settings.ExecutionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class BackoffTest {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Backoff backoff = new Backoff(new ExecutionSettings(
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            DataSize.ofKilobytes(512),
            FIRST,
            LONGEST,
            Duration.ofSeconds(30)));

    @Test
    void each_wait_is_about_twice_the_one_before() {
        assertThat(waits(1)).allSatisfy(wait -> assertThat(wait).isBetween(FIRST.dividedBy(2), FIRST));
        assertThat(waits(3))
                .allSatisfy(wait -> assertThat(wait).isBetween(FIRST.multipliedBy(2), FIRST.multipliedBy(4)));
    }

    @Test
    void those_who_wait_longest_do_not_come_back_all_at_once() {
        List<Duration> waits = waits(20);

        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(LONGEST.dividedBy(2), LONGEST));
        assertThat(waits.stream().distinct()).hasSizeGreaterThan(50);
    }

    @Test
    void no_wait_is_shorter_than_auth0_asks() {
        Duration asked = Duration.ofMinutes(2);

        assertThat(backoff.after(1, Optional.of(asked))).isBetween(asked, asked.plus(FIRST));
        assertThat(backoff.after(20, Optional.of(Duration.ofMillis(1)))).isBetween(LONGEST.dividedBy(2), LONGEST);
    }

    private List<Duration> waits(int tries) {
        return Stream.generate(() -> backoff.after(tries, Optional.empty()))
                .limit(100)
                .toList();
    }
}
