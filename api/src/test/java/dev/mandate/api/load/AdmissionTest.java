package dev.mandate.api.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Caller.Person ADA = new Caller.Person("https://issuer.example/", "auth0|ada");
    private static final Caller.Person SAM = new Caller.Person("https://issuer.example/", "auth0|sam");

    @Test
    void what_is_too_much_is_turned_away() throws Exception {
        // Given
        var admission = admission(1, 1);
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
        var admission = admission(1, 1);
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
        var admission = admission(1, 1);
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
        var admission = admission(2, 1);
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

    @Test
    void A73_one_requester_gets_a_share_and_leaves_the_rest_to_others() throws Exception {
        // Given
        var admission = new Admission(10, 10, new Shares(2, 1));
        var again = new AtomicBoolean(true);
        var other = new AtomicBoolean();

        // When
        admission.admit(
                ADA,
                () -> admission.admit(ADA, () -> {
                    again.set(admission.admit(ADA, () -> {}));
                    admission.admit(SAM, () -> other.set(true));
                }));

        // Then
        assertThat(again).isFalse();
        assertThat(other).isTrue();
        assertThat(admission.admit(ADA, () -> {})).as("afterwards").isTrue();
    }

    @Test
    void A73_the_waiting_of_one_requester_leaves_room_for_others() throws Exception {
        // Given
        var admission = new Admission(10, 10, new Shares(1, 1));
        var inner = new ArrayList<Optional<String>>();

        // When: while Ada waits for one thing, she and Sam come and want to wait too
        admission.admit(
                ADA,
                () -> admission.whileWaiting(() -> {
                    admission.admit(ADA, () -> inner.add(admission.whileWaiting(() -> Optional.of("waited"))));
                    admission.admit(SAM, () -> inner.add(admission.whileWaiting(() -> Optional.of("waited"))));
                    return Optional.empty();
                }));

        // Then: who waits is not worked on; and a second wait is none
        assertThat(inner).containsExactly(Optional.empty(), Optional.of("waited"));
    }

    @Test
    void A73_who_has_to_wait_and_waits_too_often_already_is_told_that_it_is_too_much_of_theirs() throws Exception {
        // Given
        var admission = new Admission(10, 10, new Shares(1, 1));
        var refusals = new ArrayList<ProblemException>();
        var inner = new ArrayList<Optional<String>>();

        // When
        admission.admit(
                ADA,
                () -> admission.whileWaiting(() -> {
                    admission.admit(
                            ADA,
                            () -> refusals.add(catchThrowableOfType(
                                    ProblemException.class,
                                    () -> admission.whileHavingToWait(() -> Optional.of("waited")))));
                    admission.admit(SAM, () -> inner.add(admission.whileHavingToWait(() -> Optional.of("waited"))));
                    return Optional.empty();
                }));

        // Then
        assertThat(refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.problem().status()).isEqualTo(429);
            assertThat(refusal.problem().code()).isEqualTo("requester.concurrency");
            assertThat(refusal.retryAfter()).isPresent();
        });
        assertThat(inner).containsExactly(Optional.of("waited"));
    }

    @Test
    void nobody_is_remembered_when_nothing_is_under_way() throws Exception {
        // Given
        var shares = new Shares(1, 1);
        var admission = new Admission(10, 10, shares);
        try {
            admission.admit(
                    ADA,
                    () -> admission.whileWaiting(() -> {
                        throw new IllegalStateException("wait");
                    }));
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("wait");
        }

        // Then
        assertThat(shares.count()).isZero();
    }

    private static Admission admission(int working, int waiting) {
        return new Admission(working, waiting, new Shares(1, 1));
    }
}
