package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptResultTest {

    private static final OutcomeError LOST = new OutcomeError("upstream.answer_lost", "lost");

    @Test
    void a_write_of_which_nobody_has_heard_the_end_may_go_on() {
        assertThat(again(true, Optional.empty()).mayGoOn()).isTrue();
        assertThat(again(true, Optional.of(502)).mayGoOn()).isTrue();
        assertThat(again(true, Optional.of(504)).mayGoOn()).isTrue();
        assertThat(ended(OutcomeStatus.UNKNOWN, Optional.empty()).mayGoOn()).isTrue();
    }

    @Test
    void what_auth0_has_answered_is_over_and_so_is_what_was_not_sent() {
        assertThat(again(true, Optional.of(500)).mayGoOn()).isFalse();
        assertThat(again(true, Optional.of(503)).mayGoOn()).isFalse();
        assertThat(again(false, Optional.of(429)).mayGoOn()).isFalse();
        assertThat(again(false, Optional.empty()).mayGoOn()).isFalse();
        assertThat(ended(OutcomeStatus.UNKNOWN, Optional.of(409)).mayGoOn()).isFalse();
        assertThat(ended(OutcomeStatus.SUCCEEDED, Optional.of(200)).mayGoOn()).isFalse();
        assertThat(new AttemptResult.Withheld().mayGoOn()).isFalse();
    }

    private static AttemptResult again(boolean inDoubt, Optional<Integer> status) {
        return new AttemptResult.Again(Duration.ZERO, true, inDoubt, Optional.of(call(status)), LOST);
    }

    private static AttemptResult ended(OutcomeStatus status, Optional<Integer> answer) {
        return new AttemptResult.Ended(status, Optional.of(call(answer)), Optional.empty(), Optional.of(LOST));
    }

    private static Upstream call(Optional<Integer> status) {
        return new Upstream("PATCH", "/users/{id}", status, List.of(), List.of(), "an-id", Optional.empty());
    }
}
