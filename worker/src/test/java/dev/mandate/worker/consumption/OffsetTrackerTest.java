package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {

    private final OffsetTracker tracker = new OffsetTracker(10);

    @Test
    void nothing_read_is_nothing_to_commit_beyond_the_start() {
        assertThat(tracker.lowestUnsettled(Set.of())).isEqualTo(10);
        assertThat(tracker.lastRead()).isEqualTo(9);
    }

    @Test
    void the_lowest_record_that_is_not_settled_holds_the_offset_back() {
        tracker.read(10);
        tracker.read(11);
        tracker.read(14);
        tracker.settled(11);

        assertThat(tracker.lowestUnsettled(Set.of())).isEqualTo(10);
        assertThat(tracker.lowestUnsettled(Set.of(10L))).isEqualTo(14);
        assertThat(tracker.lowestUnsettled(Set.of(10L, 14L))).isEqualTo(15);
        assertThat(tracker.lastRead()).isEqualTo(14);
    }
}
