package dev.mandate.simulator;

import static dev.mandate.simulator.TestTenants.json;
import static dev.mandate.simulator.TestTenants.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.management.RateLimit;
import dev.mandate.simulator.seed.DemoSeed;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private final MovableClock clock = new MovableClock();
    private final Simulator auth0 =
            Simulator.start(TestTenants.demo().withClock(clock).withRateLimit(RateLimit.free()));

    @AfterEach
    void stop() {
        auth0.close();
    }

    @Test
    void the_burst_passes_and_the_next_is_told_to_come_back() throws Exception {
        assertThat(header(get(), "x-ratelimit-remaining")).isEqualTo(1);
        assertThat(header(get(), "x-ratelimit-remaining")).isZero();

        HttpResponse<String> refused = get();

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Json.MAPPER.readTree(refused.body()).path("message").asString())
                .startsWith("Too many requests. Check the X-RateLimit-Limit");
        assertThat(header(refused, "x-ratelimit-limit")).isEqualTo(2);
        assertThat(header(refused, "x-ratelimit-remaining")).isZero();
        assertThat(header(refused, "x-ratelimit-reset"))
                .isEqualTo(clock.instant().plusSeconds(1).getEpochSecond());
        assertThat(refused.headers().firstValue("retry-after")).isEmpty();
    }

    @Test
    void the_bucket_fills_with_time() throws Exception {
        get();
        get();
        clock.now = clock.now.plus(Duration.ofMillis(500));

        assertThat(get().statusCode()).isEqualTo(200);
        assertThat(get().statusCode()).isEqualTo(429);
    }

    @Test
    void another_limit_takes_force_at_once() throws Exception {
        auth0.limit(new RateLimit(3, 1));

        get();
        get();

        assertThat(get().statusCode()).isEqualTo(200);
        assertThat(get().statusCode()).isEqualTo(429);
    }

    @Test
    void an_endpoint_may_have_a_limit_of_its_own_beside_that_for_all() throws Exception {
        auth0.limit(RateLimit.none());
        auth0.limit(Set.of("users.get"), RateLimit.free());

        get();
        get();
        HttpResponse<String> refused = get();

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(header(refused, "x-ratelimit-limit")).isEqualTo(2);
        assertThat(list().statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> list() throws Exception {
        String token = auth0.forge().management(DemoSeed.WORKER, "read:users").signed();
        return send(json(auth0, "GET", "/api/v2/users", "").header("Authorization", "Bearer " + token));
    }

    private HttpResponse<String> get() throws Exception {
        String token = auth0.forge().management(DemoSeed.WORKER, "read:users").signed();
        return send(json(auth0, "GET", "/api/v2/users/auth0%7Cd3a0000000000000000000b1", "")
                .header("Authorization", "Bearer " + token));
    }

    private static long header(HttpResponse<String> response, String name) {
        return response.headers().firstValueAsLong(name).orElseThrow();
    }
}
