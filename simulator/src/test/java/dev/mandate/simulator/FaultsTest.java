package dev.mandate.simulator;

import static dev.mandate.simulator.TestTenants.json;
import static dev.mandate.simulator.TestTenants.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final Simulator AUTH0 = Simulator.start(TestTenants.demo());
    private static final String UMA = "/api/v2/users/auth0%7Cd3a0000000000000000000b1";

    @AfterAll
    static void stop() {
        AUTH0.close();
    }

    @BeforeEach
    void reset() {
        AUTH0.reset();
    }

    @Test
    void a_delay_delays_once() throws Exception {
        AUTH0.faults().inject(Fault.once(new Effect.Delay(Duration.ofMillis(300))));
        long start = System.nanoTime();

        HttpResponse<String> response = send(block("c1"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(AUTH0.faults().inForce()).isEmpty();
        SeenRequest seen = AUTH0.journal().all().getFirst();
        assertThat(Duration.between(seen.at(), seen.decidedAt().orElseThrow())).isGreaterThan(Duration.ofMillis(250));
    }

    @Test
    void a_hold_keeps_the_request_until_the_fault_is_removed() {
        int hold = AUTH0.faults().inject(Fault.once(new Effect.Hold()));

        CompletableFuture<HttpResponse<String>> answer =
                TestTenants.HTTP.sendAsync(block("c1").build(), HttpResponse.BodyHandlers.ofString());
        await().until(() -> AUTH0.journal().all().size() == 1);
        assertThat(AUTH0.tenant().users().isBlocked(DemoSeed.UMA)).isFalse();
        assertThat(AUTH0.journal().all().getFirst().status()).isEmpty();
        AUTH0.faults().remove(hold);

        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(AUTH0.tenant().users().isBlocked(DemoSeed.UMA)).isTrue();
    }

    @Test
    void a_429_says_when_to_come_back_if_told_to_and_does_nothing() throws Exception {
        AUTH0.faults().inject(Fault.once(new Effect.TooManyRequests(Optional.of(Duration.ofSeconds(3)))));
        AUTH0.faults().inject(Fault.once(new Effect.TooManyRequests(Optional.empty())));

        HttpResponse<String> first = send(block("c1"));
        HttpResponse<String> second = send(block("c1"));

        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("retry-after")).contains("3");
        assertThat(second.headers().firstValue("retry-after")).isEmpty();
        assertThat(second.headers().firstValue("x-ratelimit-remaining")).contains("0");
        assertThat(AUTH0.tenant().users().revision(DemoSeed.UMA)).isOne();
    }

    @Test
    void a_server_error_does_nothing() throws Exception {
        AUTH0.faults().inject(Fault.once(new Effect.ServerError(503)).times(2));

        assertThat(send(block("c1")).statusCode()).isEqualTo(503);
        assertThat(send(block("c1")).statusCode()).isEqualTo(503);
        assertThat(AUTH0.tenant().users().revision(DemoSeed.UMA)).isOne();
        assertThat(send(block("c1")).statusCode()).isEqualTo(200);
    }

    @Test
    void a_cut_connection_does_nothing() {
        AUTH0.faults().inject(Fault.once(new Effect.CutBefore()));

        assertThatThrownBy(() -> send(block("c1"))).isInstanceOf(IOException.class);

        assertThat(AUTH0.tenant().users().revision(DemoSeed.UMA)).isOne();
        SeenRequest seen = AUTH0.journal().all().getFirst();
        assertThat(seen.status()).isEmpty();
        assertThat(seen.decidedAt()).isEmpty();
        assertThat(seen.faults()).containsExactly("CutBefore");
    }

    @Test
    void a_lost_answer_comes_after_the_write() {
        AUTH0.faults().inject(Fault.once(new Effect.LostAnswer()));

        assertThatThrownBy(() -> send(block("c1"))).isInstanceOf(IOException.class);

        assertThat(AUTH0.tenant().users().isBlocked(DemoSeed.UMA)).isTrue();
        assertThat(AUTH0.journal().all().getFirst().status()).hasValue(200);
        assertThat(AUTH0.log().entries().getLast().correlationId()).contains("c1");
    }

    @Test
    void a_connection_that_is_cut_meanwhile_ends_no_write() {
        AUTH0.faults().inject(Fault.once(new Effect.CutMeanwhile(Duration.ofMillis(300))));

        assertThatThrownBy(() -> send(block("c1"))).isInstanceOf(IOException.class);

        assertThat(AUTH0.journal().all().getFirst().status()).isEmpty();
        await().until(() -> AUTH0.tenant().users().isBlocked(DemoSeed.UMA));
        await().until(() -> AUTH0.journal().all().getFirst().status().equals(OptionalInt.of(200)));
    }

    @Test
    void another_answer_comes_after_the_write() throws Exception {
        AUTH0.faults()
                .inject(Fault.once(new Effect.OtherAnswer((request, answer) ->
                        Response.json(answer.status(), Json.object().put("asked", request.path())))));

        HttpResponse<String> answer = send(block("c1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("asked");
        assertThat(AUTH0.tenant().users().isBlocked(DemoSeed.UMA)).isTrue();
        assertThat(AUTH0.journal().all().getFirst().faults()).containsExactly("OtherAnswer");
    }

    @Test
    void a_fault_strikes_only_what_it_matches() throws Exception {
        AUTH0.faults()
                .inject(Fault.once(new Effect.ServerError(500))
                        .on("PATCH", "/api/v2/users/auth0|*b1")
                        .forCorrelation("c2"));

        assertThat(send(block("c1")).statusCode()).isEqualTo(200);
        assertThat(send(json(AUTH0, "GET", UMA, "").header("X-Correlation-ID", "c2"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(block("c2")).statusCode()).isEqualTo(500);
        assertThat(send(block("c2")).statusCode()).isEqualTo(200);
    }

    @Test
    void a_delay_and_what_follows_it_add_up() throws Exception {
        AUTH0.faults().inject(Fault.once(new Effect.Delay(Duration.ofMillis(10))));
        AUTH0.faults().inject(Fault.once(new Effect.ServerError(502)));

        assertThat(send(block("c1")).statusCode()).isEqualTo(502);
        assertThat(AUTH0.journal().all().getFirst().faults()).containsExactly("Delay", "ServerError");
    }

    @Test
    void the_token_endpoint_can_fail_too() throws Exception {
        AUTH0.faults().inject(Fault.once(new Effect.ServerError(500)).on("POST", "/oauth/token"));

        assertThat(send(json(AUTH0, "POST", "/oauth/token", "{}")).statusCode()).isEqualTo(500);
    }

    private static HttpRequest.Builder block(String correlation) {
        String token = AUTH0.forge().management(DemoSeed.WORKER, "update:users").signed();
        return json(AUTH0, "PATCH", UMA, "{\"blocked\":true}")
                .header("Authorization", "Bearer " + token)
                .header("X-Correlation-ID", correlation);
    }
}
