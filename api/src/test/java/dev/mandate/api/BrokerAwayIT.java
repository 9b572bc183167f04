package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.RunningApi;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.api.testkit.TestTokens;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An intake that starts while the broker is away, whose name does not even resolve. */
class BrokerAwayIT {

    private static final ApiHarness HARNESS = ApiHarness.shared();
    private static RunningApi api;

    @BeforeAll
    static void start() {
        var properties = new LinkedHashMap<>(HARNESS.properties());
        properties.put("spring.kafka.bootstrap-servers", "broker.invalid:9092");
        properties.put("mandate.intake.acknowledgement", "500ms");
        api = RunningApi.start(properties);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void a_command_gets_503_and_nothing_is_promised() {
        // When
        String token = HARNESS.issuer().token(TestTokens.support());
        Http.Answer answer = api.http().submit(token, TestSubmissions.get("auth0|1"));

        // Then
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("broker.unavailable");
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.text()).doesNotContain("broker.invalid").doesNotContain("Exception");
    }

    @Test
    void a_batch_gets_503_as_well() {
        String token = HARNESS.issuer().token(TestTokens.support());

        Http.Answer answer =
                api.http().send(api.http().batch(token, "key", "", List.of(TestSubmissions.get("auth0|1"))));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("broker.unavailable");
        assertThat(answer.header("Retry-After")).isPresent();
    }

    @Test
    void what_would_be_refused_anyway_is_refused_as_always() {
        String token = HARNESS.issuer().token(TestTokens.support());

        assertThat(api.http().submit(token, TestSubmissions.block("auth0|1")).code())
                .isEqualTo("policy.permission_missing");
    }

    @Test
    void it_lives_but_is_not_ready() {
        assertThat(api.management().get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(api.management().get("/actuator/health/readiness").status()).isEqualTo(503);
    }
}
