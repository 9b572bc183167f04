package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.ExampleArguments;
import dev.mandate.contracts.action.Repeat;
import dev.mandate.contracts.journal.OutcomeStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What holds for each operation of the table alike, over a real socket. */
class EveryOperationTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final List<Action> OPERATIONS = CATALOGUE.operations();
    private static final HttpHandler LOST = HttpExchange::close;

    @AutoClose
    private final ExecutionBench bench = new ExecutionBench();

    @Test
    void the_call_is_the_operations_with_the_correlation_id_of_a_write() throws Exception {
        for (Action action : OPERATIONS) {
            bench.auth0().asked().clear();

            attempt(action, StandIn.status(204), false);

            assertThat(bench.auth0().called()).as(action.name()).singleElement().satisfies(call -> {
                assertThat(call.method()).isEqualTo(action.method());
                assertThat(call.target().split("\\?", 2)[0]).matches(template(action));
                assertThat(call.headers().containsKey("X-correlation-id")).isEqualTo(!action.reads());
                assertThat(call.body().isEmpty()).isEqualTo(!action.bodyRequired());
            });
        }
    }

    @Test
    void any_2xx_is_a_success_whatever_its_body_and_202_is_accepted() throws Exception {
        HttpHandler strange = StandIn.body(200, "text/html", "<html>".getBytes(StandardCharsets.UTF_8));
        for (Action action : OPERATIONS) {
            assertEnded(action, attempt(action, strange, false), OutcomeStatus.SUCCEEDED);
            assertEnded(action, attempt(action, StandIn.status(204), true), OutcomeStatus.SUCCEEDED);
            assertEnded(action, attempt(action, StandIn.status(202), false), OutcomeStatus.ACCEPTED_UPSTREAM);
        }
    }

    @Test
    void a_call_of_unknown_fate_is_repeated_as_the_table_says() throws Exception {
        for (Action action : OPERATIONS) {
            for (HttpHandler unclear : List.of(StandIn.status(500), LOST)) {
                switch (action.repeat()) {
                    case SAFE -> assertAgain(action, attempt(action, unclear, false), false);
                    case IDEMPOTENT, GUARDED -> assertAgain(action, attempt(action, unclear, false), true);
                    case UNSAFE -> assertEnded(action, attempt(action, unclear, false), OutcomeStatus.UNKNOWN);
                }
                // So many successes keep the tenant's circuit breaker closed.
                attempt(action, StandIn.status(204), false);
                attempt(action, StandIn.status(204), false);
            }
        }
    }

    @Test
    void a_refusal_after_a_doubt_does_not_say_that_nothing_was_done() throws Exception {
        for (Action action : OPERATIONS) {
            for (int status : List.of(400, 404, 409)) {
                assertEnded(action, attempt(action, StandIn.status(status), false), OutcomeStatus.FAILED);
                assertEnded(
                        action,
                        attempt(action, StandIn.status(status), true),
                        action.repeat() == Repeat.SAFE ? OutcomeStatus.FAILED : OutcomeStatus.UNKNOWN);
            }
        }
    }

    private AttemptResult attempt(Action action, HttpHandler answer, boolean doubtBefore) throws InterruptedException {
        bench.auth0().answers(answer);
        var arguments = ExampleArguments.required(CATALOGUE.schema(action));
        return bench.attempt(bench.sealedRequest(action.name(), arguments), 1, doubtBefore);
    }

    private static Pattern template(Action action) {
        return Pattern.compile("/api/v2" + action.path().replaceAll("\\{[^}]*}", "[^/]+"));
    }

    private static void assertEnded(Action action, AttemptResult result, OutcomeStatus status) {
        assertThat(result).as(action.name()).isInstanceOfSatisfying(AttemptResult.Ended.class, ended -> {
            assertThat(ended.status()).as(action.name()).isEqualTo(status);
            assertThat(ended.sealedResult()).as(action.name()).isEmpty();
        });
    }

    private static void assertAgain(Action action, AttemptResult result, boolean inDoubt) {
        assertThat(result).as(action.name()).isInstanceOfSatisfying(AttemptResult.Again.class, again -> {
            assertThat(again.sent()).as(action.name()).isTrue();
            assertThat(again.inDoubt()).as(action.name()).isEqualTo(inDoubt);
        });
    }
}
