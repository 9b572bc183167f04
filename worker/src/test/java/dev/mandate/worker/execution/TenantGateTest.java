package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.contracts.topic.Lane;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.limits.Family;
import dev.mandate.worker.limits.TenantGate;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tenant's answers open and close, whoever asked. */
class TenantGateTest {

    private static final Family USERS = Family.of("PATCH", "/users/{id}");
    private static final Family ACCOUNTS = Family.of("GET", "/users/{id}");

    @AutoClose
    private final ExecutionBench bench = new ExecutionBench();

    private TenantGate gate;

    @BeforeEach
    void start() {
        gate = bench.gates().of(ExecutionBench.TENANT);
    }

    @Test
    void a_refused_rate_stops_its_family_and_no_other() throws Exception {
        bench.auth0().answers(exchange -> limited(exchange, 429, 0));
        attemptUntilAnswered();

        assertThat(gate.take(USERS, Lane.INTERACTIVE))
                .hasValueSatisfying(closed -> assertThat(closed.code()).isEqualTo("upstream.rate_limited"));
        assertThat(gate.take(Family.of("DELETE", "/users/{id}"), Lane.INTERACTIVE))
                .isEmpty();
        assertThat(gate.closed(USERS)).isPresent();

        bench.clock().move(Duration.ofSeconds(2));
        assertThat(gate.closed(USERS)).isEmpty();
    }

    @Test
    void a_server_that_asks_to_be_left_alone_is_for_everything() throws Exception {
        bench.auth0().answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            StandIn.json(exchange, 503, "{}");
        });
        attemptUntilAnswered();

        assertThat(gate.take(ACCOUNTS, Lane.INTERACTIVE))
                .hasValueSatisfying(closed -> assertThat(closed.code()).isEqualTo("upstream.unavailable"));
        bench.clock().move(Duration.ofSeconds(7));
        assertThat(gate.take(ACCOUNTS, Lane.INTERACTIVE)).isEmpty();
    }

    @Test
    void look_ups_count_against_the_limit_and_are_held_to_it() throws Exception {
        // Given
        bench.auth0().answers(exchange -> limited(exchange, 200, 7));
        bench.directory().account(bench.tenant(ExecutionBench.TENANT), "auth0|uma");
        assertThat(remaining(ACCOUNTS)).isEqualTo(7);

        // When
        bench.auth0().answers(exchange -> limited(exchange, 429, 0));
        Throwable refused = catchThrowable(this::lookUp);
        int called = bench.auth0().called().size();
        Throwable again = catchThrowable(this::lookUp);

        // Then nothing more is sent until the time is over
        assertThat(refused).isInstanceOf(Auth0Exception.Unavailable.class);
        assertThat(again).isInstanceOf(Auth0Exception.Unavailable.class);
        assertThat(bench.auth0().called()).hasSize(called);
    }

    @Test
    void look_ups_that_get_no_answer_open_the_circuit_for_commands_too() {
        bench.auth0().answers(StandIn.status(503));

        for (int i = 0; i < 10; i++) {
            catchThrowable(this::lookUp);
            bench.clock().move(Duration.ofMillis(300));
        }

        assertThat(gate.closed(USERS))
                .hasValueSatisfying(closed -> assertThat(closed.code()).isEqualTo("upstream.unavailable"));
    }

    @Test
    void a_tenant_that_may_be_back_is_tried_by_one_command_after_another() throws Exception {
        // Given
        bench.auth0().answers(StandIn.status(503));
        for (int i = 0; i < 10; i++) {
            attempt();
        }
        assertThat(gate.take(USERS, Lane.INTERACTIVE)).isPresent();

        // When
        bench.clock().move(Duration.ofSeconds(6));

        // Then
        assertThat(gate.take(USERS, Lane.INTERACTIVE)).isEmpty();
        assertThat(gate.take(USERS, Lane.INTERACTIVE)).isPresent();
        bench.clock().move(Duration.ofSeconds(1));
        assertThat(gate.take(USERS, Lane.INTERACTIVE)).isEmpty();
    }

    private void lookUp() throws Auth0Exception {
        bench.directory().account(bench.tenant(ExecutionBench.TENANT), "auth0|uma");
    }

    /** The first call in a process may be cut off, on a slow machine, before there is an answer. */
    private void attemptUntilAnswered() throws InterruptedException {
        AttemptResult result = attempt();
        while (result instanceof AttemptResult.Again again
                && again.upstream().flatMap(Upstream::status).isEmpty()) {
            result = attempt();
        }
    }

    private AttemptResult attempt() throws InterruptedException {
        return bench.attempt(
                bench.request(
                        ExecutionBench.TENANT,
                        bench.command("users.update", "{\"id\":\"auth0|uma\",\"body\":{\"blocked\":true}}")),
                1,
                false);
    }

    private double remaining(Family family) {
        return bench.meters()
                .get("mandate.upstream.remaining")
                .tag("tenant", ExecutionBench.TENANT)
                .tag("family", family.name())
                .gauge()
                .value();
    }

    private void limited(HttpExchange exchange, int status, int remaining) throws IOException {
        exchange.getResponseHeaders().set("X-RateLimit-Limit", "10");
        exchange.getResponseHeaders().set("X-RateLimit-Remaining", String.valueOf(remaining));
        exchange.getResponseHeaders()
                .set("X-RateLimit-Reset", String.valueOf(bench.clock().instant().getEpochSecond() + 2));
        StandIn.json(exchange, status, "{\"user_id\":\"auth0|uma\"}");
    }
}
