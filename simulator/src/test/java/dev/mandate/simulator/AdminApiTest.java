package dev.mandate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.DemoSeed;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AdminApiTest {

    private static final Simulator AUTH0 = Simulator.start(TestTenants.demo());
    private static final String ADA = "auth0%7Cd3a0000000000000000000a2";

    @AfterAll
    static void stop() {
        AUTH0.close();
    }

    @BeforeEach
    void reset() {
        AUTH0.reset();
    }

    @Test
    void without_its_secret_nothing_is_answered() throws Exception {
        for (String header : new String[] {"Bearer wrong", "Basic x", "Bearer "}) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(AUTH0.adminUrl() + "/users"))
                    .header("Authorization", header);

            assertThat(TestTenants.send(request).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void a_role_is_taken_away_and_given_back() throws Exception {
        assertThat(admin("DELETE", "/users/" + ADA + "/roles/administrator", "").statusCode())
                .isEqualTo(204);
        assertThat(AUTH0.tenant().permissions(DemoSeed.ADA, TestTenants.AUDIENCE))
                .isEmpty();

        assertThat(admin("PUT", "/users/" + ADA + "/roles/administrator", "").statusCode())
                .isEqualTo(204);
        assertThat(AUTH0.tenant().permissions(DemoSeed.ADA, TestTenants.AUDIENCE))
                .isNotEmpty();
    }

    @Test
    void a_person_is_blocked_and_unblocked_and_deleted() throws Exception {
        admin("PUT", "/users/" + ADA + "/block", "");
        assertThat(AUTH0.tenant().users().isBlocked(DemoSeed.ADA)).isTrue();

        admin("DELETE", "/users/" + ADA + "/block", "");
        assertThat(AUTH0.tenant().users().isBlocked(DemoSeed.ADA)).isFalse();

        admin("DELETE", "/users/" + ADA, "");
        assertThat(AUTH0.tenant().users().has(DemoSeed.ADA)).isFalse();
    }

    @Test
    void direct_permissions_are_given_and_taken() throws Exception {
        String permission = Json.object()
                .put("api", TestTenants.AUDIENCE)
                .put("name", "read:roles")
                .toString();

        admin("PUT", "/users/auth0%7Cd3a0000000000000000000b1/permissions", permission);
        assertThat(AUTH0.tenant().permissions(DemoSeed.UMA, TestTenants.AUDIENCE))
                .containsExactly("read:roles");

        admin("DELETE", "/users/auth0%7Cd3a0000000000000000000b1/permissions", permission);
        assertThat(AUTH0.tenant().permissions(DemoSeed.UMA, TestTenants.AUDIENCE))
                .isEmpty();
    }

    @Test
    void memberships_and_roles_within_them_change() throws Exception {
        String member = "/organizations/org_initech/members/" + ADA;

        admin("PUT", member, "");
        admin("PUT", member + "/roles/editor", "");
        assertThat(AUTH0.tenant().permissions(DemoSeed.ADA, TestTenants.AUDIENCE, DemoSeed.INITECH))
                .contains("update:users");

        admin("DELETE", member + "/roles/editor", "");
        assertThat(AUTH0.tenant().organizations().roles(DemoSeed.INITECH, DemoSeed.ADA))
                .isEmpty();
        admin("DELETE", member, "");
        assertThat(AUTH0.tenant().organizations().isMember(DemoSeed.INITECH, DemoSeed.ADA))
                .isFalse();
    }

    @Test
    void a_persons_description_tells_the_revision() throws Exception {
        AUTH0.tenant().users().block(DemoSeed.ADA, true);

        JsonNode ada = Json.MAPPER.readTree(admin("GET", "/users/" + ADA, "").body());

        assertThat(ada.path("revision").asInt()).isEqualTo(2);
        assertThat(ada.path("blocked").asBoolean()).isTrue();
        assertThat(ada.path("roles")).hasToString("[\"administrator\"]");
        assertThat(admin("GET", "/users", "").body()).contains(DemoSeed.UMA).doesNotContain("secret-of-");
    }

    @Test
    void faults_are_injected_listed_and_removed() throws Exception {
        HttpResponse<String> injected = admin(
                "POST",
                "/faults",
                "{\"effect\":\"server_error\",\"status\":503,\"method\":\"GET\",\"path\":\"/.well-known/*\",\"times\":2}");
        int number = Json.MAPPER.readTree(injected.body()).path("number").asInt();

        assertThat(TestTenants.send(TestTenants.request(AUTH0, "/.well-known/jwks.json"))
                        .statusCode())
                .isEqualTo(503);
        assertThat(admin("GET", "/faults", "").body()).contains("ServerError");
        assertThat(admin("DELETE", "/faults/" + number, "").statusCode()).isEqualTo(204);
        assertThat(TestTenants.send(TestTenants.request(AUTH0, "/.well-known/jwks.json"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(admin("DELETE", "/faults/" + number, "").statusCode()).isEqualTo(400);
        assertThat(admin("POST", "/faults", "{\"effect\":\"flood\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void the_journal_and_the_log_are_read_without_bodies() throws Exception {
        String body = Json.object()
                .put("grant_type", "client_credentials")
                .put("client_id", DemoSeed.WORKER)
                .put("client_secret", TestTenants.secret(DemoSeed.WORKER).value())
                .put("audience", AUTH0.managementAudience())
                .toString();
        TestTenants.send(TestTenants.json(AUTH0, "POST", "/oauth/token", body).header("X-Correlation-ID", "c9"));

        String journal = admin("GET", "/journal", "").body();
        String log = admin("GET", "/log", "").body();

        assertThat(journal)
                .contains("/oauth/token", "\"correlation_id\":\"c9\"")
                .doesNotContain("secret-of-");
        assertThat(log).contains("seccft", "c9").doesNotContain("secret-of-");
        assertThat(admin("GET", "/journal?after=1000000", "").body()).isEqualTo("[]");
        assertThat(admin("GET", "/journal?after=x", "").statusCode()).isEqualTo(400);
        admin("DELETE", "/journal", "");
        assertThat(AUTH0.journal().all()).isEmpty();
    }

    @Test
    void keys_rotate_the_limit_changes_and_everything_goes_back() throws Exception {
        String before = AUTH0.forge().management("x").signed();
        admin("POST", "/keys/rotation", "");
        assertThat(AUTH0.forge().management("x").signed().split("\\.")[0]).isNotEqualTo(before.split("\\.")[0]);
        assertThat(admin("DELETE", "/keys/previous", "").statusCode()).isEqualTo(204);

        assertThat(admin("PUT", "/rate-limit", "{\"burst\":0,\"per_second\":1}").statusCode())
                .isEqualTo(400);
        assertThat(admin("PUT", "/rate-limit", "{\"burst\":1000000,\"per_second\":1000000}")
                        .statusCode())
                .isEqualTo(204);

        AUTH0.tenant().deleteUser(DemoSeed.ADA);
        admin("POST", "/reset", "");
        assertThat(AUTH0.tenant().users().has(DemoSeed.ADA)).isTrue();
    }

    @Test
    void what_is_not_there_is_said_so() throws Exception {
        assertThat(admin("GET", "/users/nobody", "").statusCode()).isEqualTo(400);
        assertThat(admin("DELETE", "/users/" + ADA + "/roles/none", "").statusCode())
                .isEqualTo(400);
        assertThat(admin("PUT", "/organizations/none/members/" + ADA, "").statusCode())
                .isEqualTo(400);
        assertThat(admin("GET", "/nothing", "").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> admin(String method, String path, String body) throws Exception {
        return TestTenants.send(HttpRequest.newBuilder(URI.create(AUTH0.adminUrl() + path))
                .header("Authorization", "Bearer " + AUTH0.adminSecret().value())
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }
}
