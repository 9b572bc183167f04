package dev.mandate.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.simulator.faults.Effect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Blow FIRST = new Blow.Kill("worker-1", Duration.ZERO);
    private static final Blow SECOND = new Blow.Storm(new Effect.LostAnswer(), Duration.ZERO);
    private static final List<Plan.Planned> PLAN =
            List.of(new Plan.Planned(Duration.ZERO, FIRST), new Plan.Planned(Duration.ofMillis(250), SECOND));

    private static List<Blow> struck(boolean alive) {
        var struck = new CopyOnWriteArrayList<Blow>();
        new Schedule(PLAN, Duration.ofSeconds(1)).make(new Trouble.Scene() {
            @Override
            public void strike(Blow blow) {
                struck.add(blow);
            }

            @Override
            public boolean isAlive() {
                return alive;
            }
        });
        return struck;
    }

    @Test
    void what_is_planned_happens_in_its_order() {
        assertThat(struck(true)).containsExactly(FIRST, SECOND);
    }

    @Test
    void nothing_more_goes_wrong_while_nothing_lives() {
        assertThat(struck(false)).containsExactly(FIRST);
    }

    @Test
    void whatever_is_not_done_of_late_is_missed() {
        // Given
        var nanos = new AtomicLong();
        var accepted = new AtomicInteger();
        var executed = new AtomicInteger();
        var vitals = new Vitals(nanos::get, accepted::get, executed::get);

        // When
        nanos.addAndGet(Duration.ofSeconds(7).toNanos());
        accepted.incrementAndGet();
        boolean before = vitals.areGood();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        boolean after = vitals.areGood();
        executed.incrementAndGet();

        // Then
        assertThat(before).isTrue();
        assertThat(after).isFalse();
        assertThat(vitals.areGood()).isTrue();
        assertThat(vitals.longestSilence()).isEqualTo(Duration.ofSeconds(9));
    }
}
