package dev.mandate.simulator;

import static dev.mandate.simulator.TestTenants.json;
import static dev.mandate.simulator.TestTenants.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.tenant.LogEntry;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Raw requests: validation, shapes of pages, and the traces that requests leave. */
class ManagementRequestsTest {

    private static final Simulator AUTH0 = Simulator.start(TestTenants.demo());
    private static final String UMA = "/users/auth0%7Cd3a0000000000000000000b1";

    @AfterAll
    static void stop() {
        AUTH0.close();
    }

    @BeforeEach
    void reset() {
        AUTH0.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"blocked\":\"yes\"}", "{\"favourite\":1}", "{\"email\":17}", "[]", "{", "nothing"})
    void a_body_that_violates_the_schema_changes_nothing(String body) throws Exception {
        HttpResponse<String> response = call("PATCH", UMA, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(Json.MAPPER.readTree(response.body()).path("errorCode").asString())
                .isIn("invalid_body", "invalid_json");
        assertThat(AUTH0.tenant().users().revision(DemoSeed.UMA)).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?per_page=many", "?per_page=101", "?colour=red", "?q=%22", "?q=(a:b)", "?sort=email"})
    void a_query_that_is_not_understood_is_refused(String query) throws Exception {
        HttpResponse<String> response = call("GET", "/users" + query, "");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(Json.MAPPER.readTree(response.body()).path("errorCode").asString())
                .isEqualTo("invalid_query_string");
    }

    @Test
    void an_explicit_null_unsets_an_attribute() throws Exception {
        call("PATCH", UMA, "{\"given_name\":\"Uma\"}");

        JsonNode user =
                Json.MAPPER.readTree(call("PATCH", UMA, "{\"given_name\":null}").body());

        assertThat(user.has("given_name")).isFalse();
        assertThat(AUTH0.tenant().users().revision(DemoSeed.UMA)).isEqualTo(3);
    }

    @Test
    void without_totals_a_page_is_an_array_and_with_them_an_object() throws Exception {
        JsonNode bare =
                Json.MAPPER.readTree(call("GET", "/users?per_page=5&page=1", "").body());
        JsonNode totals = Json.MAPPER.readTree(
                call("GET", "/users?per_page=5&page=1&include_totals=true", "").body());

        assertThat(bare.isArray()).isTrue();
        assertThat(totals.path("users")).isEqualTo(bare).hasSize(5);
        assertThat(totals.path("start").asInt()).isEqualTo(5);
        assertThat(totals.path("limit").asInt()).isEqualTo(5);
        assertThat(totals.path("total").asInt())
                .isEqualTo(AUTH0.tenant().users().all().size());
    }

    @Test
    void nobody_pages_beyond_a_thousand_records() throws Exception {
        assertThat(call("GET", "/users?per_page=100&page=9", "").statusCode()).isEqualTo(200);
        assertThat(call("GET", "/users?per_page=100&page=10", "").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "'email:\"gus@globex.example\"', 1",
        "'email:GUS@globex.example', 1",
        "'email:crowd*', 40",
        "'email:crowd* AND NOT email:crowd01@acme.example', 39",
        "'blocked:true', 0",
        "'app_metadata.plan:gold', 0"
    })
    void searches_find_whom_they_describe(String query, int found) throws Exception {
        assertThat(Json.MAPPER.readTree(
                        call("GET", "/users?q=" + encoded(query), "").body()))
                .hasSize(found);
    }

    @Test
    void the_tenants_log_keeps_64_characters_of_the_correlation_id_and_no_user() throws Exception {
        String id = "0123456789".repeat(7);

        send(json(AUTH0, "PATCH", "/api/v2" + UMA, "{\"blocked\":true}")
                .header("Authorization", "Bearer " + token())
                .header("X-Correlation-ID", id));

        LogEntry entry = AUTH0.log().entries().getLast();
        assertThat(entry.type()).isEqualTo("sapi");
        assertThat(entry.correlationId()).contains(id.substring(0, 64));
        assertThat(entry.authUser()).isEmpty();
        assertThat(entry.clientId()).isEqualTo(DemoSeed.WORKER);
    }

    @Test
    void reads_are_not_logged_and_refused_writes_are() throws Exception {
        call("GET", UMA, "");
        call("PATCH", UMA, "{\"blocked\":1}");

        assertThat(AUTH0.log().entries()).extracting(LogEntry::type).containsExactly("fapi");
    }

    @Test
    void the_journal_has_every_byte_and_its_text_form_has_none_of_them() throws Exception {
        call("PATCH", UMA, "{ \"password\" : \"N3w-Passw0rd!\" }");

        SeenRequest seen = AUTH0.journal().all().getFirst();
        assertThat(seen.text()).isEqualTo("{ \"password\" : \"N3w-Passw0rd!\" }");
        assertThat(seen.method()).isEqualTo("PATCH");
        assertThat(seen.path()).isEqualTo("/api/v2" + UMA);
        assertThat(seen.decodedPath()).isEqualTo("/api/v2/users/" + DemoSeed.UMA);
        assertThat(seen.headers()).containsEntry("content-type", "application/json");
        assertThat(seen.client()).contains(DemoSeed.WORKER);
        assertThat(seen.scopes()).contains("update:users");
        assertThat(seen.status()).hasValue(200);
        assertThat(seen).asString().doesNotContain("Passw0rd");
    }

    @Test
    void changes_that_arrive_together_each_change_their_user_once() {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 40)
                .mapToObj(i -> json(AUTH0, "PATCH", "/api/v2/users/" + encoded(DemoSeed.crowd(i)), "{\"blocked\":true}")
                        .header("Authorization", "Bearer " + token())
                        .build())
                .map(request -> TestTenants.HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(IntStream.range(0, 40).mapToObj(DemoSeed::crowd))
                .allSatisfy(
                        id -> assertThat(AUTH0.tenant().users().revision(id)).isEqualTo(2));
        assertThat(AUTH0.journal().managementWrites()).hasSize(40);
    }

    @Test
    void a_body_over_a_megabyte_is_refused() throws Exception {
        String body = "{\"user_metadata\":{\"x\":\"" + "x".repeat(1024 * 1024) + "\"}}";

        assertThat(call("PATCH", UMA, body).statusCode()).isEqualTo(413);
    }

    @Test
    void an_id_with_an_escaped_slash_stays_one_segment() throws Exception {
        assertThat(call("GET", "/users/a%2Froles", "").statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> call(String method, String path, String body) throws Exception {
        return send(json(AUTH0, method, "/api/v2" + path, body).header("Authorization", "Bearer " + token()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String token() {
        return AUTH0.forge()
                .management(DemoSeed.WORKER, "read:users", "update:users")
                .signed();
    }
}
