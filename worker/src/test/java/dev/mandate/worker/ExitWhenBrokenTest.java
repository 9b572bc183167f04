package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;

class ExitWhenBrokenTest {

    private final List<Integer> exits = new CopyOnWriteArrayList<>();
    private final ExitWhenBroken listener = new ExitWhenBroken(exits::add);

    @Test
    void a_worker_that_is_broken_exits_with_a_failure_and_one_that_is_well_does_not() {
        listener.onApplicationEvent(new AvailabilityChangeEvent<>(this, LivenessState.CORRECT));
        listener.onApplicationEvent(new AvailabilityChangeEvent<>(this, LivenessState.BROKEN));

        await().until(() -> !exits.isEmpty());
        assertThat(exits).containsExactly(1);
    }
}
