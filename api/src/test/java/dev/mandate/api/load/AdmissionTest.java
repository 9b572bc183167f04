package dev.mandate.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    @Test
    void what_is_too_much_is_turned_away() throws Exception {
        // Given
        var admission = new Admission(1, 1);
        var inner = new AtomicBoolean(true);

        // When
        boolean outer = admission.admit(() -> inner.set(admission.admit(() -> {})));

        // Then
        assertThat(outer).isTrue();
        assertThat(inner).isFalse();
    }

    @Test
    void a_place_is_given_back_when_the_work_fails() throws Exception {
        // Given
        var admission = new Admission(1, 1);
        try {
            admission.admit(() -> {
                throw new IllegalStateException("work");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("work");
        }

        // Then
        assertThat(admission.admit(() -> {})).isTrue();
    }

    @Test
    void who_only_waits_takes_nobodys_place() throws Exception {
        // Given
        var admission = new Admission(1, 1);
        var admitted = new AtomicBoolean();

        // When
        admission.admit(() -> admission.whileWaiting(() -> {
            admitted.set(admission.admit(() -> {}));
            return Optional.empty();
        }));

        // Then
        assertThat(admitted).isTrue();
        assertThat(admission.inUse()).isZero();
    }

    @Test
    void when_too_many_wait_the_next_does_not_wait() throws Exception {
        // Given
        var admission = new Admission(2, 1);
        var waiting = new CountDownLatch(1);
        var enough = new CountDownLatch(1);
        Thread first = Thread.startVirtualThread(() -> {
            try {
                admission.whileWaiting(() -> {
                    waiting.countDown();
                    enough.await();
                    return Optional.empty();
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        waiting.await();

        // When
        Optional<String> second = admission.whileWaiting(() -> Optional.of("waited"));

        // Then
        assertThat(second).isEmpty();
        enough.countDown();
        first.join();
    }
}
