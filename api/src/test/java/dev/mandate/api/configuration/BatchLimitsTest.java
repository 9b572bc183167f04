package dev.mandate.api.configuration;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class BatchLimitsTest {

    @Test
    void limits_that_let_nothing_in_stop_the_start() {
        assertThatIllegalArgumentException().isThrownBy(() -> limits(0, 1, 1, 1, 8, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> limits(1, 0, 1, 1, 8, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> limits(1, 1, 0, 1, 8, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> limits(1, 1, 1, 0, 8, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> limits(1, 1, 1, 1, 8, 0));
    }

    @Test
    void there_must_be_room_on_the_way_for_the_largest_command() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits(1, 1, 1, 1, 0, 1))
                .withMessageContaining("mandate.batch.in-flight");
    }

    private static void limits(int lines, int perSecond, int perPerson, int total, int megabytes, int refusals) {
        new BatchLimits(
                lines, perSecond, perPerson, total, DataSize.ofMegabytes(megabytes), refusals, Duration.ofHours(1));
    }
}
