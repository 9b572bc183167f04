package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.worker.verification.Request;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Auth0 answers 401: it took no token of ours, and did nothing. */
class RefusedTokenTest {

    @AutoClose
    private final ExecutionBench bench = new ExecutionBench();

    private Request request;

    @BeforeEach
    void a_command() {
        request = bench.request(
                ExecutionBench.TENANT,
                bench.command("users.update", "{\"id\":\"auth0|uma\",\"body\":{\"blocked\":true}}"));
        bench.auth0().answers(StandIn.status(401));
    }

    @Test
    void a_token_that_was_revoked_is_replaced_however_often_it_was_tried_before_for_other_reasons() throws Exception {
        for (int number : new int[] {1, 7}) {
            AttemptResult result = attempt(new Attempt(number, false, false));

            assertThat(result).isInstanceOfSatisfying(AttemptResult.Again.class, again -> {
                assertThat(again.delay()).isZero();
                assertThat(again.inDoubt()).isFalse();
                assertThat(again.error().code()).isEqualTo(Execution.TOKEN_REFUSED);
            });
        }
    }

    @Test
    void a_worker_whose_fresh_token_is_refused_gives_up() throws Exception {
        AttemptResult result = attempt(new Attempt(2, false, true));

        assertThat(result).isInstanceOfSatisfying(AttemptResult.Ended.class, ended -> {
            assertThat(ended.status()).isEqualTo(OutcomeStatus.FAILED);
            assertThat(ended.error().map(OutcomeError::code)).contains(Execution.TOKEN_REFUSED);
        });
    }

    @Test
    void what_an_earlier_attempt_may_have_done_stays_unknown_when_a_fresh_token_is_refused() throws Exception {
        AttemptResult result = attempt(new Attempt(2, true, true));

        assertThat(result)
                .isInstanceOfSatisfying(
                        AttemptResult.Ended.class,
                        ended -> assertThat(ended.status()).isEqualTo(OutcomeStatus.UNKNOWN));
    }

    private AttemptResult attempt(Attempt attempt) throws InterruptedException {
        return bench.execution().attempt(request, attempt, () -> true);
    }
}
