package dev.mandate.simulator;

import static dev.mandate.simulator.TestTenants.json;
import static dev.mandate.simulator.TestTenants.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.DemoSeed;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Who may call what, for every operation of the catalogue. */
class ScopesTest {

    private static final Simulator AUTH0 = Simulator.start(TestTenants.demo());

    private static final List<String> READ_CLIENTS =
            List.of("read:client_credentials", "read:client_keys", "read:client_summary", "read:clients");
    private static final List<String> READ_LOGS = List.of("read:logs", "read:logs_users");
    private static final List<String> READ_USERS = List.of("read:user_idp_tokens", "read:users");

    private static final List<String> ALL = Stream.concat(
                    actions().flatMap(action -> action.scopes().stream()),
                    Stream.of("read:client_summary", "read:logs_users", "update:users_app_metadata"))
            .distinct()
            .toList();

    /** Where Auth0's text of the 403 says that any of these will do. */
    private static final Map<String, List<String>> ANY_OF = Map.ofEntries(
            Map.entry("clients.get", READ_CLIENTS),
            Map.entry("clients.list", READ_CLIENTS),
            Map.entry(
                    "clients.update",
                    List.of(
                            "update:client_credentials",
                            "update:client_keys",
                            "update:client_token_vault_privileged_access",
                            "update:clients")),
            Map.entry("logs.get", READ_LOGS),
            Map.entry("logs.list", READ_LOGS),
            Map.entry("users.logs.list", READ_LOGS),
            Map.entry("users.delete", List.of("delete:users")),
            Map.entry("users.get", READ_USERS),
            Map.entry("users.list", READ_USERS),
            Map.entry("users.update", List.of("update:users", "update:users_app_metadata")));

    @AfterAll
    static void stop() {
        AUTH0.close();
    }

    static Stream<Action> actions() {
        return Catalogue.bundled().operations().stream();
    }

    /** Each of these an operation can't do without; of alternatives, all together. */
    private static List<List<String>> needed(Action action) {
        List<String> alternatives = ANY_OF.getOrDefault(action.name(), List.of());
        return alternatives.isEmpty() ? action.scopes().stream().map(List::of).toList() : List.of(alternatives);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void without_any_one_of_its_scopes_an_operation_is_forbidden(Action action) throws Exception {
        for (List<String> missing : needed(action)) {
            List<String> all =
                    ALL.stream().filter(scope -> !missing.contains(scope)).toList();

            HttpResponse<String> response = call(action, management(all));

            JsonNode body = Json.MAPPER.readTree(response.body());
            assertThat(response.statusCode()).as(missing.toString()).isEqualTo(403);
            assertThat(body.path("errorCode").asString()).isEqualTo("insufficient_scope");
            assertThat(body.path("message").asString())
                    .startsWith("Insufficient scope, expected any of: ")
                    .contains(missing);
        }
    }

    @ParameterizedTest
    @MethodSource("actions")
    void with_exactly_its_scopes_an_operation_is_performed_or_finds_fault_with_its_arguments(Action action)
            throws Exception {
        HttpResponse<String> response = call(action, management(action.scopes()));

        assertThat(response.statusCode())
                .as(response.body())
                .satisfiesAnyOf(
                        status -> assertThat(action.success()).contains(status),
                        status -> assertThat(status).isIn(400, 404));
    }

    @Test
    void no_token_a_foreign_one_an_expired_one_and_a_persons_one_are_unauthorized() throws Exception {
        Action get = Catalogue.bundled().find("users.get").orElseThrow();
        var draft = AUTH0.forge().management(DemoSeed.WORKER, "read:users");
        var person = AUTH0.forge().access(DemoSeed.ADA, DemoSeed.CONSOLE, TestTenants.AUDIENCE);

        assertThat(message(call(get, "nonsense"))).isEqualTo("Invalid token");
        assertThat(message(call(get, draft.issuer("https://elsewhere/").signed())))
                .startsWith("Invalid signature");
        assertThat(message(call(get, draft.unsigned()))).isEqualTo("Invalid token");
        assertThat(message(
                        call(get, draft.expiring(Instant.now().minusSeconds(1)).signed())))
                .startsWith("Expired token");
        assertThat(message(call(get, person.signed()))).isEqualTo("Bad audience: " + TestTenants.AUDIENCE);
        assertThat(message(send(json(AUTH0, "GET", "/api/v2/users/x", "")))).isEqualTo("Missing authentication");
    }

    @Test
    void an_operation_outside_the_catalogue_is_not_found() throws Exception {
        HttpResponse<String> response = send(json(AUTH0, "GET", "/api/v2/nothing", "")
                .header("Authorization", "Bearer " + management(List.of("read:users"))));

        assertThat(response.statusCode()).isEqualTo(404);
    }

    private static String management(List<String> scopes) {
        return AUTH0.forge()
                .management(DemoSeed.WORKER, scopes.toArray(String[]::new))
                .signed();
    }

    private static HttpResponse<String> call(Action action, String token) throws Exception {
        String path = action.path()
                .replaceAll("/organizations/\\{id}", "/organizations/" + DemoSeed.GLOBEX)
                .replaceAll("\\{[^}]+}", URLEncoder.encode(DemoSeed.GUS, StandardCharsets.UTF_8));
        String body = action.body().isPresent() ? "{}" : "";
        return send(json(AUTH0, action.method(), "/api/v2" + path, body).header("Authorization", "Bearer " + token));
    }

    private static String message(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        return Json.MAPPER.readTree(response.body()).path("message").asString();
    }
}
