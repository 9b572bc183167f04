package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** What the two probes say of a loop. */
class LoopHealthTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-24T08:00:00Z"));
    private LoopState state = new LoopState(true, clock.instant(), true, 2, 0, "");

    @Test
    void a_loop_that_turns_and_has_read_back_what_it_owns_is_ready_and_alive() {
        assertThat(ready()).isEqualTo(Status.UP);
        assertThat(alive()).isEqualTo(Status.UP);
    }

    @Test
    void a_loop_that_does_not_come_round_is_not_ready_after_a_minute_and_not_alive_after_three() {
        clock.move(Duration.ofSeconds(61));
        assertThat(ready()).isEqualTo(Status.DOWN);
        assertThat(alive()).isEqualTo(Status.UP);

        clock.move(Duration.ofMinutes(2));
        assertThat(alive()).isEqualTo(Status.DOWN);
    }

    @Test
    void a_worker_that_is_no_member_or_reads_back_is_not_ready_but_alive() {
        state = new LoopState(true, clock.instant(), false, 0, 0, "");
        assertThat(ready()).isEqualTo(Status.DOWN);

        state = new LoopState(true, clock.instant(), true, 2, 1, "");
        assertThat(ready()).isEqualTo(Status.DOWN);
        assertThat(alive()).isEqualTo(Status.UP);
    }

    @Test
    void a_worker_that_owns_nothing_is_ready() {
        state = new LoopState(true, clock.instant(), true, 0, 0, "");

        assertThat(ready()).isEqualTo(Status.UP);
    }

    private Status ready() {
        return new LoopHealth(() -> state, clock).health().getStatus();
    }

    private Status alive() {
        return new LoopPulse(() -> state, clock).health().getStatus();
    }
}
