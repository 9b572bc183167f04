package dev.mandate.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitPreferenceTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void a_wait_is_found_among_other_preferences() {
        assertThat(WaitPreference.from(List.of("respond-async, Wait=5; foo", "wait=7"), LIMIT))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_long_wait_is_cut() {
        assertThat(WaitPreference.from(List.of("wait=999999999"), LIMIT)).isEqualTo(LIMIT);
    }

    @Test
    void what_is_not_understood_is_ignored() {
        assertThat(WaitPreference.from(List.of("wait=-1", "wait=x", "wait", "waits=5", "wait=9999999999"), LIMIT))
                .isZero();
        assertThat(WaitPreference.from(List.of(), LIMIT)).isZero();
    }
}
