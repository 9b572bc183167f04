package dev.mandate.simulator;

import static dev.mandate.simulator.TestTenants.json;
import static dev.mandate.simulator.TestTenants.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Catalogue;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.DemoSeed;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What ends a person's access, and what only seems to. */
class AccessEndsTest {

    private static final Simulator AUTH0 = Simulator.start(TestTenants.demo());
    private static final String UMA = "/users/" + URLEncoder.encode(DemoSeed.UMA, StandardCharsets.UTF_8);
    private static final String TOKEN = AUTH0.forge()
            .management(
                    DemoSeed.WORKER,
                    Catalogue.bundled().operations().stream()
                            .flatMap(action -> action.scopes().stream())
                            .distinct()
                            .toArray(String[]::new))
            .signed();

    @AfterAll
    static void stop() {
        AUTH0.close();
    }

    @BeforeEach
    void uma_is_logged_in_twice_and_gus_once() {
        AUTH0.reset();
        logIn("one", DemoSeed.UMA);
        logIn("two", DemoSeed.UMA);
        logIn("three", DemoSeed.GUS);
    }

    private static void logIn(String session, String user) {
        var collections = AUTH0.tenant().collections();
        collections.at("/sessions").add(session, of(user).put("id", session));
        collections
                .at("/refresh-tokens")
                .add("token-" + session, of(user).put("id", "token-" + session).put("session_id", session));
    }

    private static ObjectNode of(String user) {
        return Json.object().put("user_id", user);
    }

    @Test
    void blocking_a_person_ends_no_session_and_no_refresh_token() throws Exception {
        call("PATCH", UMA, "{\"blocked\":true}");

        assertThat(sessions()).isEqualTo(2);
        assertThat(tokens()).isEqualTo(2);
    }

    @Test
    void a_new_password_lifts_an_administrators_block() throws Exception {
        call("PATCH", UMA, "{\"blocked\":true}");

        call("PATCH", UMA, "{\"password\":\"N3w-Passw0rd!\"}");

        assertThat(AUTH0.tenant().users().isBlocked(DemoSeed.UMA)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /sessions, '', 0, 2",
        "DELETE, /refresh-tokens, '', 2, 0",
        "POST, /revoke-access, '', 0, 0",
        "POST, /revoke-access, '{\"session_id\":\"one\"}', 1, 1",
        "POST, /revoke-access, '{\"preserve_refresh_tokens\":true}', 0, 2"
    })
    void ending_access_ends_what_it_names_of_that_person_alone(
            String method, String path, String body, int sessions, int tokens) throws Exception {
        assertThat(call(method, UMA + path, body).statusCode()).isEqualTo(202);

        assertThat(sessions()).isEqualTo(sessions);
        assertThat(tokens()).isEqualTo(tokens);
        assertThat(AUTH0.tenant().collections().at("/sessions").has("three")).isTrue();
        assertThat(AUTH0.tenant().collections().at("/refresh-tokens").has("token-three"))
                .isTrue();
    }

    @Test
    void revoking_a_session_ends_its_refresh_tokens_and_deleting_it_does_not() throws Exception {
        call("POST", "/sessions/one/revoke", "");
        call("DELETE", "/sessions/two", "");

        assertThat(sessions()).isZero();
        assertThat(tokens()).isOne();
    }

    @Test
    void a_brute_force_block_and_an_administrators_block_know_nothing_of_each_other() throws Exception {
        call("PATCH", UMA, "{\"blocked\":true}");
        ObjectNode block = Json.object();
        block.putArray("blocked_for").addObject().put("ip", "203.0.113.7");
        AUTH0.tenant().collections().at("/user-blocks").add(DemoSeed.UMA, block);
        String blocks = UMA.replace("/users/", "/user-blocks/");

        assertThat(call("GET", blocks, "").body()).contains("203.0.113.7");
        assertThat(call("DELETE", blocks, "").statusCode()).isEqualTo(204);

        assertThat(call("GET", blocks, "").body()).doesNotContain("203.0.113.7");
        assertThat(AUTH0.tenant().users().isBlocked(DemoSeed.UMA)).isTrue();
    }

    @Test
    void removing_all_authenticators_leaves_no_second_factor() throws Exception {
        AUTH0.tenant()
                .collections()
                .at("/guardian/enrollments")
                .add("dev_1", of(DemoSeed.UMA).put("id", "dev_1"));
        call("POST", UMA + "/authentication-methods", "{\"type\":\"phone\",\"phone_number\":\"+15550100000\"}");

        assertThat(call("DELETE", UMA + "/authenticators", "").statusCode()).isEqualTo(204);

        assertThat(call("GET", UMA + "/enrollments", "").body()).isEqualTo("[]");
        assertThat(call("GET", UMA + "/authentication-methods", "").body()).isEqualTo("[]");
    }

    @Test
    void the_log_tells_by_its_correlation_id_who_did_what() throws Exception {
        send(json(AUTH0, "PATCH", "/api/v2" + UMA, "{\"blocked\":true}")
                .header("Authorization", "Bearer " + TOKEN)
                .header("X-Correlation-ID", "command-1"));
        call("PATCH", UMA, "{\"blocked\":false}");

        assertThat(log("q", "type:sapi AND date:[2020-01-01T00:00:00 TO *]"))
                .filteredOn(entry ->
                        entry.at("/references/correlation_id").asString("").equals("command-1"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.at("/details/request/path").asString()).endsWith(UMA);
                    assertThat(entry.at("/details/request/method").asString()).isEqualTo("patch");
                });
    }

    @Test
    void the_log_is_searched_as_auth0_documents_it_and_not_by_correlation_id() throws Exception {
        call("PATCH", UMA, "{\"blocked\":true}");
        String today = AUTH0.log().entries().getLast().date().toString().substring(0, 10);

        assertThat(log("search", "date:[" + today + " TO " + today + "] AND type:s* AND description:\"users.update\""))
                .hasSize(1);
        assertThat(log("q", "date:[* TO " + today + "}")).isEmpty();
        assertThat(log("q", "date:{" + today + " TO *]")).isEmpty();
        for (String refused : List.of("references.correlation_id:\"c\"", "type:sapi OR type:fapi", "type:sapi AND ")) {
            assertThat(call("GET", "/logs?q=" + URLEncoder.encode(refused, StandardCharsets.UTF_8), "")
                            .statusCode())
                    .as(refused)
                    .isEqualTo(400);
        }
    }

    @Test
    void the_log_can_be_read_only_after_a_while() throws Exception {
        AUTH0.log().lag(Duration.ofMinutes(1));
        call("PATCH", UMA, "{\"blocked\":true}");

        assertThat(log("q", "type:sapi")).isEmpty();

        AUTH0.log().lag(Duration.ZERO);
        assertThat(log("q", "type:sapi")).hasSize(1);
    }

    private static JsonNode log(String parameter, String query) throws Exception {
        return Json.MAPPER.readTree(
                call("GET", "/logs?" + parameter + "=" + URLEncoder.encode(query, StandardCharsets.UTF_8), "")
                        .body());
    }

    private static int sessions() throws Exception {
        return listed("/sessions", "sessions");
    }

    private static int tokens() throws Exception {
        return listed("/refresh-tokens", "tokens");
    }

    private static int listed(String path, String items) throws Exception {
        return Json.MAPPER
                .readTree(call("GET", UMA + path, "").body())
                .path(items)
                .size();
    }

    private static HttpResponse<String> call(String method, String path, String body) throws Exception {
        return send(json(AUTH0, method, "/api/v2" + path, body).header("Authorization", "Bearer " + TOKEN));
    }
}
