package dev.mandate.simulator;

import static dev.mandate.simulator.TestTenants.AUDIENCE;
import static dev.mandate.simulator.TestTenants.json;
import static dev.mandate.simulator.TestTenants.request;
import static dev.mandate.simulator.TestTenants.secret;
import static dev.mandate.simulator.TestTenants.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.DemoSeed;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TokenEndpointTest {

    private static final Simulator AUTH0 = Simulator.start(TestTenants.demo());

    @AfterAll
    static void stop() {
        AUTH0.close();
    }

    @BeforeEach
    void reset() {
        AUTH0.reset();
    }

    @Test
    void a_person_logs_in_and_the_access_token_carries_what_auth0s_do() throws Exception {
        JsonNode answer = body(login("ada.admin", Json.object()), 200);

        SignedJWT token = SignedJWT.parse(answer.path("access_token").asString());
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(answer.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.path("expires_in").asInt()).isEqualTo(86_400);
        assertThat(token.getHeader().getType()).hasToString("JWT");
        assertThat(claims.getIssuer()).isEqualTo(AUTH0.issuer().toString());
        assertThat(claims.getSubject()).isEqualTo(DemoSeed.ADA);
        assertThat(claims.getAudience()).containsExactly(AUDIENCE);
        assertThat(claims.getStringClaim("azp")).isEqualTo(DemoSeed.CONSOLE);
        assertThat(claims.getStringListClaim("permissions")).contains("update:users", "users.update:password");
        assertThat(claims.getStringListClaim("https://mandate.example/roles")).containsExactly("administrator");
        assertThat(claims.getStringListClaim("amr")).containsExactly("pwd", "mfa");
        assertThat(claims.getLongClaim("auth_time"))
                .isEqualTo(claims.getIssueTime().toInstant().getEpochSecond());
        assertThat(claims.getClaim("org_id")).isNull();
    }

    @Test
    void a_login_through_an_organization_carries_only_what_its_roles_there_grant() throws Exception {
        AUTH0.tenant().giveRoles(DemoSeed.OLGA, List.of(AUTH0.tenant().roles().idOf("administrator")));

        JsonNode answer = body(login("olga.org", Json.object().put("organization", DemoSeed.GLOBEX)), 200);

        JWTClaimsSet claims =
                SignedJWT.parse(answer.path("access_token").asString()).getJWTClaimsSet();
        assertThat(claims.getStringClaim("org_id")).isEqualTo(DemoSeed.GLOBEX);
        assertThat(claims.getStringListClaim("permissions")).containsExactlyInAnyOrder("read:users", "update:users");
        assertThat(claims.getStringListClaim("https://mandate.example/roles"))
                .containsExactly("organization-administrator");
    }

    @Test
    void nobody_logs_in_through_an_organization_of_others() throws Exception {
        JsonNode answer = body(login("olga.org", Json.object().put("organization", DemoSeed.INITECH)), 403);

        assertThat(answer.path("error").asString()).isEqualTo("access_denied");
        assertThat(answer.path("error_description").asString())
                .isEqualTo("User is not part of the org_initech organization");
    }

    @Test
    void the_scope_is_what_was_asked_for_and_is_assigned_while_the_permissions_are_all() throws Exception {
        JsonNode answer = body(login("rick.rank", Json.object().put("scope", "read:users delete:users")), 200);

        assertThat(answer.path("scope").asString()).isEqualTo("read:users");
        assertThat(SignedJWT.parse(answer.path("access_token").asString())
                        .getJWTClaimsSet()
                        .getStringListClaim("permissions"))
                .containsExactlyInAnyOrder("read:users", "update:users");
    }

    @Test
    void openid_brings_an_id_token_for_the_application() throws Exception {
        JsonNode answer = body(login("sam.support", Json.object().put("scope", "openid profile email")), 200);

        JWTClaimsSet claims =
                SignedJWT.parse(answer.path("id_token").asString()).getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly(DemoSeed.CONSOLE);
        assertThat(claims.getSubject()).isEqualTo(DemoSeed.SAM);
        assertThat(claims.getStringClaim("email")).isEqualTo("sam.support@acme.example");
    }

    @Test
    void a_wrong_password_and_an_unknown_person_look_the_same() throws Exception {
        JsonNode wrong = body(login("sam.support", Json.object().put("password", "guess")), 403);
        JsonNode unknown = body(login("nobody", Json.object()), 403);

        assertThat(wrong.path("error").asString()).isEqualTo("invalid_grant");
        assertThat(wrong).isEqualTo(unknown);
    }

    @Test
    void a_blocked_person_gets_no_token() throws Exception {
        AUTH0.tenant().users().block(DemoSeed.SAM, true);

        JsonNode answer = body(login("sam.support", Json.object()), 403);

        assertThat(answer.path("error").asString()).isEqualTo("unauthorized");
        assertThat(answer.path("error_description").asString()).isEqualTo("user is blocked");
    }

    @Test
    void forms_are_taken_as_well_as_json() throws Exception {
        String form = "grant_type=client_credentials&client_id=" + DemoSeed.WORKER + "&client_secret="
                + secret(DemoSeed.WORKER).value() + "&audience=" + AUTH0.managementAudience() + "&scope=read%3Ausers";

        JsonNode answer = body(
                request(AUTH0, "/oauth/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)),
                200);

        assertThat(answer.path("scope").asString()).isEqualTo("read:users");
    }

    @Test
    void an_unknown_audience_is_refused() throws Exception {
        JsonNode answer = body(login("sam.support", Json.object().put("audience", "https://elsewhere")), 403);

        assertThat(answer.path("error_description").asString())
                .isEqualTo("Service not enabled within domain: https://elsewhere");
    }

    @Test
    void a_grant_that_the_application_may_not_use_is_refused() throws Exception {
        JsonNode answer = body(login("sam.support", Json.object().put("grant_type", "client_credentials")), 403);

        assertThat(answer.path("error").asString()).isEqualTo("unauthorized_client");
    }

    @Test
    void a_body_that_is_neither_json_nor_a_form_is_refused() throws Exception {
        JsonNode answer = body(json(AUTH0, "POST", "/oauth/token", "what?"), 400);

        assertThat(answer.path("error").asString()).isEqualTo("invalid_request");
    }

    private static HttpRequest.Builder login(String name, ObjectNode changes) {
        ObjectNode request = Json.object()
                .put("grant_type", "password")
                .put("client_id", DemoSeed.CONSOLE)
                .put("audience", AUDIENCE)
                .put("username", name)
                .put("password", secret(name).value());
        request.setAll(changes);
        return json(AUTH0, "POST", "/oauth/token", request.toString());
    }

    private static JsonNode body(HttpRequest.Builder request, int status) throws Exception {
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return Json.MAPPER.readTree(response.body());
    }
}
