package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.MovableClock;
import dev.mandate.worker.time.Countdown;
import dev.mandate.worker.time.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Until when a call may begin, and when it is over. */
class CallTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final CallWindow WINDOW =
            new CallWindow(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(60));

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock(NOW);
    private final AtomicLong nanos = new AtomicLong(42);
    private final OwnedPartition home = Jobs.home(new JournalIndex(), NOW);
    private Job job;

    @BeforeEach
    void a_job_that_is_decided() {
        job = new Jobs(directory, clock).next(home);
        job.decided(Optional.empty(), lasting(30));
    }

    @Test
    void a_call_may_begin_at_once() {
        assertThat(call().mayBegin()).isTrue();
    }

    @Test
    void A71_a_call_may_not_begin_when_a_process_that_was_stopped_goes_on() {
        Call call = call();

        nanos.addAndGet(Duration.ofSeconds(6).toNanos());

        assertThat(call.mayBegin()).isFalse();
    }

    @Test
    void A71_a_call_may_not_begin_when_a_machine_that_slept_wakes_up() {
        Call call = call();

        clock.move(Duration.ofSeconds(6));

        assertThat(call.mayBegin()).isFalse();
    }

    @Test
    void A71_a_call_may_not_begin_for_a_partition_that_is_somebody_elses() {
        Call call = call();

        home.leave();

        assertThat(call.mayBegin()).isFalse();
    }

    @Test
    void A54_a_call_may_not_begin_on_facts_that_have_grown_too_old() {
        job.decided(Optional.empty(), lasting(2));
        Call call = call();

        clock.move(Duration.ofSeconds(3));

        assertThat(call.mayBegin()).isFalse();
    }

    @Test
    void A54_facts_grow_too_old_for_a_call_although_the_clock_was_set_back() {
        job.decided(Optional.empty(), lasting(2));
        Call call = call();

        clock.move(Duration.ofMinutes(-1));
        assertThat(call.mayBegin()).isTrue();
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(call.mayBegin()).isFalse();
    }

    @Test
    void a_call_may_not_begin_without_a_decision_that_allows_it() {
        job.decided(Optional.empty(), Optional.empty());

        assertThat(call().mayBegin()).isFalse();
    }

    @Test
    void a_call_whose_end_nobody_has_heard_is_over_when_its_time_is_and_nothing_more_is_awaited_of_it() {
        Call call = call();
        assertThat(call.untilOver()).as("not begun").isZero();

        assertThat(call.mayBegin()).isTrue();
        call.answered();

        assertThat(call.untilOver()).isBetween(Duration.ofSeconds(5), WINDOW.callTimeout());
        assertThat(call.isAwaited()).isFalse();
    }

    @Test
    void another_workers_call_is_over_when_it_can_have_begun_and_been_cut_off() {
        Duration whole = Duration.ofSeconds(15);

        // Read back at once: the clocks need not agree.
        assertThat(WINDOW.untilOver(NOW, NOW, NOW)).isEqualTo(whole);
        assertThat(WINDOW.untilOver(NOW.plusSeconds(300), NOW, NOW)).isEqualTo(whole);
        assertThat(WINDOW.untilOver(NOW, NOW, NOW.plusSeconds(5))).isEqualTo(Duration.ofSeconds(10));
        // Appended long ago, however far apart the clocks may be.
        assertThat(WINDOW.untilOver(NOW.minusSeconds(75), NOW, NOW)).isZero();
        assertThat(WINDOW.untilOver(NOW.minusSeconds(70), NOW, NOW)).isEqualTo(Duration.ofSeconds(5));
    }

    private Optional<Countdown> lasting(int seconds) {
        return Optional.of(new Countdown(Stopwatch.start(clock, nanos::get), Duration.ofSeconds(seconds)));
    }

    private Call call() {
        return new Call(job, Stopwatch.start(clock, nanos::get), WINDOW, clock);
    }
}
