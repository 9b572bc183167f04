package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.journal.OutcomeStatus;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A tenant that does not answer is left alone for a while, and nobody else notices. */
class CircuitBreakerTest {

    private static final int FAILURES_THAT_OPEN = 10;
    private static final int TRIALS = 3;
    private static final Duration OPEN = Duration.ofSeconds(5);

    @AutoClose
    private final ExecutionBench bench = new ExecutionBench();

    @Test
    void it_opens_after_repeated_failures_and_closes_when_the_tenant_answers_again() throws Exception {
        // Given
        bench.auth0().answers(StandIn.status(503));
        fail(FAILURES_THAT_OPEN);
        assertThat(open()).isEqualTo(1);

        // When it is open, then nothing is sent, and no attempt is used up
        assertThat(attempt(ExecutionBench.TENANT)).isInstanceOfSatisfying(AttemptResult.Again.class, again -> {
            assertThat(again.sent()).isFalse();
            assertThat(again.inDoubt()).isFalse();
            assertThat(again.error().code()).isEqualTo("upstream.unavailable");
            assertThat(again.delay()).isGreaterThanOrEqualTo(OPEN.dividedBy(2));
        });
        assertThat(bench.auth0().called()).hasSize(FAILURES_THAT_OPEN);

        // When its time is over and the tenant answers, then it closes
        bench.auth0().answers(exchange -> StandIn.json(exchange, 200, "{}"));
        bench.clock().move(OPEN.plusSeconds(1));
        for (int i = 0; i < TRIALS; i++) {
            assertSucceeds(ExecutionBench.TENANT);
        }
        assertThat(open()).isZero();
    }

    @Test
    void it_stays_open_when_the_tenant_fails_again() throws Exception {
        // Given
        bench.auth0().answers(StandIn.status(500));
        fail(FAILURES_THAT_OPEN);

        // When
        bench.clock().move(OPEN.plusSeconds(1));
        fail(TRIALS);

        // Then
        assertThat(open()).isEqualTo(1);
        attempt(ExecutionBench.TENANT);
        assertThat(bench.auth0().called()).hasSize(FAILURES_THAT_OPEN + TRIALS);
    }

    @Test
    void another_tenant_is_not_affected() throws Exception {
        // Given
        bench.auth0().answers(StandIn.status(503));
        fail(FAILURES_THAT_OPEN + 1);

        // When, then
        for (int i = 0; i < FAILURES_THAT_OPEN; i++) {
            assertSucceeds(ExecutionBench.OTHER_TENANT);
        }
        assertThat(bench.otherAuth0().called()).hasSize(FAILURES_THAT_OPEN);
    }

    @Test
    void refusals_are_answers_and_do_not_open_it() throws Exception {
        bench.auth0().answers(StandIn.status(404));

        for (int i = 0; i < 2 * FAILURES_THAT_OPEN; i++) {
            attempt(ExecutionBench.TENANT);
        }

        assertThat(bench.auth0().called()).hasSize(2 * FAILURES_THAT_OPEN);
        assertThat(open()).isZero();
    }

    @Test
    void a_trial_that_gets_no_token_gives_its_place_back() throws Exception {
        // Given: a tenant that failed so long that the worker's token is too old.
        bench.auth0().answers(StandIn.status(503));
        fail(FAILURES_THAT_OPEN);
        bench.auth0().givesTokens(StandIn.status(503));
        bench.clock().move(Duration.ofDays(2));

        // When
        for (int i = 0; i < 2 * TRIALS; i++) {
            assertThat(attempt(ExecutionBench.TENANT)).isInstanceOf(AttemptResult.Again.class);
        }
        bench.auth0()
                .givesTokens(exchange -> StandIn.json(
                        exchange,
                        200,
                        "{\"access_token\":\"another\",\"token_type\":\"Bearer\",\"expires_in\":86400}"));
        bench.auth0().answers(exchange -> StandIn.json(exchange, 200, "{}"));

        // Then
        assertSucceeds(ExecutionBench.TENANT);
    }

    @Test
    void a_tenant_that_asks_for_a_pause_gets_it_and_another_is_called_meanwhile() throws Exception {
        // Given
        bench.auth0().answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            StandIn.json(exchange, 429, "{}");
        });
        attempt(ExecutionBench.TENANT);
        bench.auth0().answers(exchange -> StandIn.json(exchange, 200, "{}"));

        // When, then
        assertThat(attempt(ExecutionBench.TENANT))
                .isInstanceOfSatisfying(
                        AttemptResult.Again.class,
                        again -> assertThat(again.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(7)));
        assertThat(bench.auth0().called()).hasSize(1);
        assertSucceeds(ExecutionBench.OTHER_TENANT);
        bench.clock().move(Duration.ofSeconds(7));
        assertSucceeds(ExecutionBench.TENANT);
    }

    private void fail(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            assertThat(attempt(ExecutionBench.TENANT)).isInstanceOf(AttemptResult.Again.class);
        }
    }

    private void assertSucceeds(String tenant) throws InterruptedException {
        assertThat(attempt(tenant))
                .isInstanceOfSatisfying(
                        AttemptResult.Ended.class,
                        ended -> assertThat(ended.status()).isEqualTo(OutcomeStatus.SUCCEEDED));
    }

    private AttemptResult attempt(String tenant) throws InterruptedException {
        return bench.execution()
                .attempt(
                        bench.request(
                                tenant,
                                bench.command("users.update", "{\"id\":\"auth0|uma\",\"body\":{\"blocked\":true}}")),
                        new Attempt(1, false, false),
                        () -> true);
    }

    private double open() {
        return bench.meters()
                .get("mandate.upstream.open")
                .tag("tenant", ExecutionBench.TENANT)
                .gauge()
                .value();
    }
}
