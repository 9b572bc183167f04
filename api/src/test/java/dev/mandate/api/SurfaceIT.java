package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.api.testkit.TestTokens;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the intake shows to whom. */
class SurfaceIT {

    private final ApiHarness harness = ApiHarness.shared();
    private final Http http = harness.http();
    private final Http management = harness.api().management();

    @ParameterizedTest
    @ValueSource(strings = {"/v1/actions", "/v1/actions/users.get", "/v1/commands", "/v1/commands/x", "/", "/nothing"})
    void nothing_else_is_shown_without_a_token(String path) {
        assertThat(http.get(path).code()).isEqualTo("token.missing");
    }

    @Test
    void the_published_keys_have_standard_members_only() {
        Http.Answer answer = http.get("/.well-known/jwks.json");

        assertThat(answer.header("Content-Type")).contains("application/jwk-set+json");
        assertThat(answer.header("Cache-Control").orElseThrow()).contains("max-age");
        assertThat(answer.json().get("keys")).isNotEmpty().allSatisfy(key -> {
            assertThat(key.propertyNames()).containsExactlyInAnyOrder("kty", "crv", "x", "kid", "alg", "use");
            assertThat(key.get("kid").stringValue()).startsWith("intake-");
            assertThat(key.get("use").stringValue()).isEqualTo("sig");
        });
    }

    @Test
    void answers_carry_headers_that_keep_browsers_from_harm() {
        Http.Answer answer = http.get("/v1/commands", harness.issuer().token(TestTokens.support()));

        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("Content-Security-Policy").orElseThrow()).contains("default-src 'none'");
        assertThat(answer.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("Server")).isEmpty();
    }

    @Test
    void A77_no_other_origin_is_let_in() {
        Http.Answer preflight = http.send(http.request("/v1/commands")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST"));
        Http.Answer simple =
                http.send(http.command(harness.issuer().token(TestTokens.support()), TestSubmissions.block("auth0|1"))
                        .header("Origin", "https://evil.example"));

        assertThat(preflight.status()).isEqualTo(401);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(simple.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/actuator", "/actuator/health", "/actuator/prometheus", "/actuator/env", "/swagger-ui.html"})
    void A77_health_and_metrics_are_not_on_the_port_that_people_use(String path) {
        Http.Answer answer = http.get(path, harness.issuer().token(TestTokens.administrator()));

        assertThat(answer.code()).isEqualTo("request.not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/configprops",
                "/actuator/beans",
                "/actuator/loggers",
                "/actuator/threaddump",
                "/actuator/mappings"
            })
    void A77_the_management_port_offers_health_and_metrics_only(String path) {
        assertThat(management.get(path).status()).isIn(401, 404);
    }

    @Test
    void a_working_intake_is_ready() {
        assertThat(management.get("/actuator/health/liveness").status()).isEqualTo(200);
        Http.Answer readiness = management.get("/actuator/health/readiness");
        assertThat(readiness.status()).as(readiness.text()).isEqualTo(200);
    }

    @Test
    void metrics_are_there_for_prometheus() {
        http.get("/v1/actions", harness.issuer().token(TestTokens.support()));

        String metrics = management.get("/actuator/prometheus").text();

        assertThat(metrics)
                .contains("mandate_intake_working")
                .contains("mandate_intake_uncertain")
                .contains("cache=\"mandate.tokens\"")
                .contains("http_server_requests_seconds");
    }
}
