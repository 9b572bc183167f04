package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.RunningApi;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.api.testkit.TestTokens;
import dev.mandate.api.testkit.TopicLog;
import dev.mandate.contracts.topic.Topics;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An intake without a free place. */
class OverloadIT {

    private static final ApiHarness HARNESS = ApiHarness.shared();
    private static RunningApi api;

    @BeforeAll
    static void start() {
        var properties = new LinkedHashMap<>(HARNESS.properties());
        properties.put("mandate.intake.concurrency", "0");
        api = RunningApi.start(properties);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void what_is_too_much_is_turned_away_at_once_and_leaves_nothing() {
        try (TopicLog commands = HARNESS.log(Topics.COMMANDS)) {
            // Given
            long before = commands.size();

            // When
            Http.Answer answer =
                    api.http().submit(HARNESS.issuer().token(TestTokens.support()), TestSubmissions.get("auth0|1"));

            // Then
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("overloaded");
            assertThat(answer.header("Retry-After")).contains("1");
            assertThat(commands.size()).isEqualTo(before);
        }
    }

    @Test
    void health_and_metrics_are_still_told() {
        api.http().get("/v1/actions");

        assertThat(api.management().get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(api.management().get("/actuator/prometheus").text())
                .containsPattern("mandate_intake_turned_away_total [1-9]");
    }
}
