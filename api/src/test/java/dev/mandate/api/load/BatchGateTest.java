package dev.mandate.api.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mandate.api.configuration.BatchLimits;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import dev.mandate.api.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class BatchGateTest {

    private static final int PER_SECOND = 100;
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    private static final Caller.Person ADA = new Caller.Person("https://issuer.example/", "auth0|ada");
    private static final Caller.Person SAM = new Caller.Person("https://issuer.example/", "auth0|sam");
    private static final Caller.Person EVE = new Caller.Person("https://issuer.example/", "auth0|eve");

    private final MovableClock clock = new MovableClock(START);
    private final BatchGate gate = new BatchGate(
            new BatchLimits(1000, PER_SECOND, 2, 3, DataSize.ofMegabytes(1), 10, Duration.ofHours(1)),
            3,
            100,
            clock,
            clock::move);

    @Test
    void one_person_has_few_batches_under_way_and_others_still_come_in() {
        // Given
        gate.enter(ADA);
        BatchGate.Pass second = gate.enter(ADA);

        // When
        ProblemException third = refused(ADA);
        BatchGate.Pass other = gate.enter(SAM);
        ProblemException full = refused(EVE);
        second.close();

        // Then
        assertThat(third.problem().code()).isEqualTo("batch.concurrency");
        assertThat(third.problem().status()).isEqualTo(429);
        assertThat(full.problem().code()).isEqualTo("overloaded");
        assertThat(full.problem().status()).isEqualTo(503);
        other.close();
        gate.enter(ADA).close();
        gate.enter(EVE).close();
    }

    @Test
    void the_lines_of_a_person_come_at_a_rate_in_however_many_batches() throws InterruptedException {
        // Given
        BatchGate.Pass one = gate.enter(ADA);
        BatchGate.Pass other = gate.enter(ADA);

        // When
        for (int i = 0; i < PER_SECOND * 5; i++) {
            one.awaitLine();
            other.awaitLine();
        }

        // Then
        assertThat(Duration.between(START, clock.instant()))
                .isBetween(Duration.ofMillis(8900), Duration.ofMillis(9100));
    }

    @Test
    void who_begins_a_new_batch_does_not_begin_a_new_rate() throws InterruptedException {
        // When
        for (int i = 0; i < PER_SECOND * 3; i++) {
            try (BatchGate.Pass pass = gate.enter(ADA)) {
                pass.awaitLine();
            }
        }

        // Then
        assertThat(Duration.between(START, clock.instant())).isGreaterThan(Duration.ofMillis(1900));
    }

    private ProblemException refused(Caller.Person person) {
        return catchThrowableOfType(ProblemException.class, () -> gate.enter(person));
    }
}
