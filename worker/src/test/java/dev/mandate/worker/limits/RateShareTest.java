package dev.mandate.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.topic.Lane;
import dev.mandate.worker.limits.SharedBucket.Result;
import dev.mandate.worker.limits.SharedBucket.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers that keep to one limit without a word between them, in simulated time. */
class RateShareTest {

    private static final double THIRD = 1.0 / 3;
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration WARM = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(5);

    /** The limits that Auth0 documents, all but the smallest: burst, and requests per second. */
    @ParameterizedTest
    @CsvSource({"50, 16", "40, 8.33", "20, 3.33", "10, 2.5", "10, 2", "5, 0.4167"})
    void three_workers_use_the_whole_limit_and_are_hardly_ever_refused(double burst, double perSecond) {
        var bucket = new SharedBucket(burst, perSecond, SOON);
        threeOf(bucket);

        Result cold = bucket.run(WARM);
        Result result = bucket.run(LONG);

        assertThat(result.used()).isGreaterThan(0.95);
        assertThat(result.refused()).isLessThan(0.01);
        assertThat(cold.refused()).isLessThan(0.01);
    }

    @ParameterizedTest
    @CsvSource({"50, 16", "40, 8.33", "20, 3.33", "10, 2.5", "10, 2", "5, 0.4167"})
    void one_worker_with_all_the_load_borrows_what_the_others_leave(double burst, double perSecond) {
        var bucket = new SharedBucket(burst, perSecond, SOON);
        bucket.worker(THIRD);

        bucket.run(WARM);
        Result result = bucket.run(LONG);

        assertThat(result.used()).isGreaterThan(0.9);
        assertThat(result.refused()).isLessThan(0.01);
    }

    @Test
    void a_clock_that_is_set_back_keeps_nobody_waiting_for_as_long() {
        // Given
        var clock = new MovableClock(Instant.parse("2026-11-25T12:00:00Z"));
        var rates = new RateShare(clock);
        rates.answered(rates.sent(), true, 10, 9);
        assertThat(rates.take(Lane.INTERACTIVE, 1)).isEmpty();

        // When
        clock.move(Duration.ofMinutes(-1));
        boolean given = false;
        for (int i = 0; i < 100 && !given; i++) {
            clock.move(Duration.ofMillis(20));
            given = rates.take(Lane.INTERACTIVE, 1).isEmpty();
        }

        // Then
        assertThat(given).isTrue();

        // And a pause that Auth0 asks for now counts from now
        rates.refused(Duration.ofSeconds(30));
        clock.move(Duration.ofMinutes(-1));
        rates.refused(Duration.ofSeconds(3));
        assertThat(rates.pause()).isPresent();
    }

    @Test
    void workers_that_do_not_keep_to_it_are_refused_most_of_the_time() {
        var bucket = new SharedBucket(50, 16, SOON);
        threeOf(bucket);
        bucket.unheeded();

        assertThat(bucket.run(WARM).refused()).isGreaterThan(0.5);
    }

    @Test
    void each_gets_what_its_partitions_are_due_and_a_rebalance_changes_that() {
        var bucket = new SharedBucket(50, 16, SOON);
        Worker three = bucket.worker(0.5);
        Worker two = bucket.worker(THIRD);
        Worker one = bucket.worker(1.0 / 6);

        bucket.run(LONG);

        double all = three.passed() + two.passed() + one.passed();
        assertThat(three.passed() / all).isEqualTo(0.5, within(0.05));
        assertThat(one.passed() / all).isEqualTo(1.0 / 6, within(0.05));

        // When the partitions go from one to the other
        int threeBefore = three.passed();
        int oneBefore = one.passed();
        three.share(1.0 / 6);
        one.share(0.5);
        Result result = bucket.run(LONG);

        assertThat(one.passed() - oneBefore).isGreaterThan(2 * (three.passed() - threeBefore));
        assertThat(result.used()).isGreaterThan(0.95);
        assertThat(result.refused()).isLessThan(0.01);
    }

    @Test
    void a_worker_that_is_gone_leaves_its_share_and_one_that_comes_takes_it_back() {
        var bucket = new SharedBucket(50, 16, SOON);
        List<Worker> workers = Stream.of(THIRD, THIRD).map(bucket::worker).toList();
        Worker guest = bucket.worker(THIRD, Lane.INTERACTIVE, now -> now < 60 || now > 360);
        bucket.run(WARM);
        workers.forEach(worker -> worker.share(0.5));
        Result without = bucket.run(LONG);
        workers.forEach(worker -> worker.share(THIRD));
        int before = guest.passed();
        Result with = bucket.run(LONG);

        assertThat(without.used()).isGreaterThan(0.95);
        assertThat(with.used()).isGreaterThan(0.95);
        assertThat(without.refused() + with.refused()).isLessThan(0.01);
        assertThat((guest.passed() - before) / (16 * 300.0)).isEqualTo(THIRD, within(0.05));
    }

    @Test
    void load_that_comes_and_goes_is_followed() {
        var bucket = new SharedBucket(50, 16, SOON);
        bucket.worker(THIRD);
        bucket.worker(THIRD, Lane.INTERACTIVE, now -> (int) (now / 5) % 2 == 0);
        bucket.worker(THIRD, Lane.INTERACTIVE, now -> (int) (now / 3) % 2 == 0);

        Result result = bucket.run(LONG);

        assertThat(result.used()).isGreaterThan(0.95);
        assertThat(result.refused()).isLessThan(0.01);
    }

    @Test
    void families_that_share_a_bucket_after_all_keep_to_it_together() {
        var bucket = new SharedBucket(50, 16, SOON);
        for (int family = 0; family < 4; family++) {
            threeOf(bucket);
        }

        Result result = bucket.run(LONG);

        assertThat(result.used()).isGreaterThan(0.95);
        assertThat(result.refused()).isLessThan(0.01);
    }

    @Test
    void slow_answers_are_no_reason_to_be_refused() {
        var bucket = new SharedBucket(50, 16, Duration.ofSeconds(1));
        threeOf(bucket);

        bucket.run(WARM);
        Result result = bucket.run(LONG);

        assertThat(result.used()).isGreaterThan(0.9);
        assertThat(result.refused()).isLessThan(0.01);
    }

    @Test
    void another_limit_is_followed_at_once() {
        var bucket = new SharedBucket(50, 16, SOON);
        threeOf(bucket);
        bucket.run(WARM);

        bucket.limit(20, 3.33);
        Result narrow = bucket.run(LONG);
        bucket.limit(50, 16);
        Result wide = bucket.run(LONG);

        assertThat(narrow.refused() + wide.refused()).isLessThan(0.01);
        assertThat(narrow.used()).isGreaterThan(0.95);
        assertThat(wide.used()).isGreaterThan(0.95);
    }

    @Test
    void the_bulk_lane_leaves_a_reserve_and_the_interactive_lane_gets_its_way() {
        var bucket = new SharedBucket(50, 16, SOON);
        for (int i = 0; i < 3; i++) {
            bucket.worker(THIRD, Lane.BULK, now -> true);
        }
        bucket.run(WARM);
        Result bulk = bucket.run(LONG);
        assertThat(bulk.used()).isGreaterThan(0.95);
        assertThat(bulk.lowest()).isGreaterThan(50 / 4.0);

        // When people come who ask for as much as they can get
        Worker people = bucket.worker(THIRD);
        Result both = bucket.run(LONG);

        assertThat(people.passed() / (16 * 300.0))
                .as("more than an equal part of four")
                .isGreaterThan(0.3);
        assertThat(both.refused()).isLessThan(0.01);
    }

    @Test
    void a_refusal_stops_everything_until_auth0s_time_is_over() {
        var clock = new MovableClock(Instant.parse("2026-11-24T08:00:00Z"));
        var rates = new RateShare(clock);
        rates.answered(rates.sent(), true, 50, 49);
        assertThat(rates.take(Lane.INTERACTIVE, 1)).isEmpty();

        rates.refused(Duration.ofSeconds(7));

        clock.move(Duration.ofMillis(6900));
        assertThat(rates.take(Lane.INTERACTIVE, 1))
                .hasValueSatisfying(wait -> assertThat(wait).isCloseTo(Duration.ofMillis(100), Duration.ofMillis(1)));
        clock.move(Duration.ofMillis(100));
        assertThat(rates.take(Lane.INTERACTIVE, 1)).isEmpty();
    }

    @Test
    void where_there_is_no_limit_nobody_waits() {
        var rates = new RateShare(new MovableClock(Instant.parse("2026-11-24T08:00:00Z")));
        assertThat(rates.take(Lane.BULK, 1)).isEmpty();
        assertThat(rates.take(Lane.BULK, 1)).as("before anything is known").isPresent();

        rates.sent();
        rates.answered();

        for (int i = 0; i < 1000; i++) {
            assertThat(rates.take(Lane.BULK, 0.01)).isEmpty();
        }
    }

    @Test
    void a_limit_that_is_out_of_reach_keeps_nobody_waiting() {
        var clock = new MovableClock(Instant.parse("2026-11-24T08:00:00Z"));
        var rates = new RateShare(clock);
        rates.answered(rates.sent(), true, 1_000_000, 999_999);

        for (int i = 0; i < 10_000; i++) {
            clock.move(Duration.ofNanos(100_000));
            assertThat(rates.take(Lane.BULK, THIRD)).isEmpty();
            rates.answered(rates.sent(), true, 1_000_000, 999_990);
        }
    }

    private static void threeOf(SharedBucket bucket) {
        for (int i = 0; i < 3; i++) {
            bucket.worker(THIRD);
        }
    }
}
