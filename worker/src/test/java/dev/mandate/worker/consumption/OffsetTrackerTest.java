package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {

    private static final Instant FIRST = Instant.parse("2026-11-25T12:00:00Z");

    private final OffsetTracker tracker = new OffsetTracker(10);

    @Test
    void nothing_read_is_nothing_to_commit_beyond_the_start() {
        assertThat(tracker.lowestUnsettled(Set.of()).offset()).isEqualTo(10);
        assertThat(tracker.lastRead()).isEqualTo(9);
    }

    @Test
    void the_lowest_record_that_is_not_settled_holds_the_offset_back() {
        tracker.read(10, FIRST.plusSeconds(10));
        tracker.read(11, FIRST.plusSeconds(11));
        tracker.read(14, FIRST.plusSeconds(14));
        tracker.settled(11);

        assertThat(tracker.lowestUnsettled(Set.of()).offset()).isEqualTo(10);
        assertThat(tracker.lowestUnsettled(Set.of(10L)).offset()).isEqualTo(14);
        assertThat(tracker.lowestUnsettled(Set.of(10L, 14L)).offset()).isEqualTo(15);
        assertThat(tracker.lastRead()).isEqualTo(14);
    }

    @Test
    void it_tells_since_when_the_lowest_record_waits_for_so_long_the_journal_may_have_spoken_of_it() {
        tracker.read(10, FIRST);
        tracker.read(11, FIRST.plusSeconds(1));

        assertThat(tracker.lowestUnsettled(Set.of()).appendedAt()).contains(FIRST);
        assertThat(tracker.lowestUnsettled(Set.of(10L)).appendedAt()).contains(FIRST.plusSeconds(1));
        assertThat(tracker.lowestUnsettled(Set.of(10L, 11L)).appendedAt()).isEmpty();
    }
}
