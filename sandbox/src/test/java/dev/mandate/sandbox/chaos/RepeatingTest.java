package dev.mandate.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatingTest {

    private final AtomicInteger done = new AtomicInteger();

    @Test
    void what_fails_is_heard_of_in_the_end() {
        var repeating = new Repeating(Duration.ofMillis(1), () -> {
            if (done.incrementAndGet() == 3) {
                throw new IllegalArgumentException("the third time");
            }
        });
        await().until(() -> done.get() == 3);

        assertThatThrownBy(repeating::close).hasRootCauseMessage("the third time");
    }

    @Test
    void what_goes_well_just_ends() {
        var repeating = new Repeating(Duration.ofMillis(1), done::incrementAndGet);
        await().until(() -> done.get() > 3);

        assertThatCode(repeating::close).doesNotThrowAnyException();
    }
}
