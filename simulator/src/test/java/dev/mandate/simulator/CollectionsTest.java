package dev.mandate.simulator;

import static dev.mandate.simulator.TestTenants.json;
import static dev.mandate.simulator.TestTenants.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Catalogue;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.DemoSeed;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What every collection does, and every document in it, shown on some that nobody wrote code for. */
class CollectionsTest {

    private static final Simulator AUTH0 = Simulator.start(TestTenants.demo());
    private static final String TOKEN = AUTH0.forge()
            .management(
                    DemoSeed.WORKER,
                    Catalogue.bundled().operations().stream()
                            .flatMap(action -> action.scopes().stream())
                            .distinct()
                            .toArray(String[]::new))
            .signed();
    private static final String RULE = "{\"name\":\"first\",\"script\":\"function () {}\"}";

    @AfterAll
    static void stop() {
        AUTH0.close();
    }

    @BeforeEach
    void reset() {
        AUTH0.reset();
    }

    @Test
    void a_document_lives_from_its_creation_to_its_deletion() throws Exception {
        String path = "/rules/" + created("/rules", RULE).path("id").asString();

        assertThat(read(path).path("name").asString()).isEqualTo("first");
        assertThat(body(call("PATCH", path, "{\"name\":\"second\"}"))
                        .path("script")
                        .asString())
                .isEqualTo("function () {}");
        assertThat(read(path).path("name").asString()).isEqualTo("second");
        assertThat(body(call("GET", "/rules", ""))).hasSize(1);
        assertThat(call("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(call("GET", path, "").statusCode()).isEqualTo(404);
        assertThat(call("PATCH", path, "{\"name\":\"third\"}").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/rules | {'name':'first','script':'x'} | {'name':'other','script':'x'}",
                "/organizations | {'name':'first'} | {'name':'other'}",
                "/resource-servers | {'identifier':'https://first'} | {'identifier':'https://other'}",
                "/custom-domains | {'domain':'a.example','type':'auth0_managed_certs'} | {'domain':'b.example','type':'auth0_managed_certs'}",
                "/client-grants | {'client_id':'console','audience':'https://a','scope':[]} | {'client_id':'console','audience':'https://b','scope':[]}",
                "/roles | {'name':'first'} | {'name':'other'}"
            })
    void a_second_document_with_the_same_natural_key_is_a_conflict(String path, String first, String other)
            throws Exception {
        assertThat(call("POST", path, quoted(first)).statusCode()).isBetween(200, 201);

        HttpResponse<String> second = call("POST", path, quoted(first));

        assertThat(second.statusCode()).as(second.body()).isEqualTo(409);
        assertThat(body(second).path("statusCode").asInt()).isEqualTo(409);
        assertThat(call("POST", path, quoted(other)).statusCode()).isBetween(200, 201);
    }

    @Test
    void null_unsets_a_member_and_metadata_is_merged_at_its_first_level() throws Exception {
        String path = "/clients/"
                + created(
                                "/clients",
                                quoted(
                                        "{'name':'app','cross_origin_loc':'https://x.example','client_metadata':{'a':'1','b':'2'}}"))
                        .path("client_id")
                        .asString();

        call("PATCH", path, quoted("{'cross_origin_loc':null,'client_metadata':{'a':null,'c':'3'}}"));

        assertThat(read(path).has("cross_origin_loc")).isFalse();
        assertThat(read(path).path("client_metadata")).isEqualTo(Json.MAPPER.readTree(quoted("{'b':'2','c':'3'}")));
        assertThat(read(path).path("name").asString()).isEqualTo("app");
    }

    @Test
    void settings_exist_without_having_been_made_and_remember() throws Exception {
        assertThat(call("GET", "/tenants/settings", "").statusCode()).isEqualTo(200);

        call("PATCH", "/tenants/settings", quoted("{'friendly_name':'Acme'}"));

        assertThat(read("/tenants/settings").path("friendly_name").asString()).isEqualTo("Acme");
    }

    @Test
    void what_must_be_made_first_is_missing_made_once_and_gone() throws Exception {
        String provider = quoted("{'name':'sendgrid','credentials':{'api_key':'SG.x'}}");

        assertThat(call("GET", "/emails/provider", "").statusCode()).isEqualTo(404);
        assertThat(call("POST", "/emails/provider", provider).statusCode()).isEqualTo(201);
        assertThat(call("POST", "/emails/provider", provider).statusCode()).isEqualTo(409);
        assertThat(call("DELETE", "/emails/provider", "").statusCode()).isEqualTo(204);
        assertThat(call("GET", "/emails/provider", "").statusCode()).isEqualTo(404);
    }

    @Test
    void what_there_is_once_is_in_no_conflict_with_itself() throws Exception {
        String provider = quoted("{'name':'mailgun','credentials':{'api_key':'k'}}");
        created("/emails/provider", provider);

        assertThat(call("PATCH", "/emails/provider", provider).statusCode()).isEqualTo(200);
        assertThat(call("PATCH", "/emails/provider", provider).statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_below_a_document_ends_with_it() throws Exception {
        String hook = "/hooks/"
                + created("/hooks", quoted("{'name':'hook','script':'x','triggerId':'post-user-registration'}"))
                        .path("id")
                        .asString();
        call("POST", hook + "/secrets", quoted("{'KEY':'value'}"));
        assertThat(call("GET", hook + "/secrets", "").body()).contains("KEY").doesNotContain("value\"");

        call("DELETE", hook, "");

        assertThat(call("GET", hook + "/secrets", "").statusCode()).isEqualTo(404);
    }

    @Test
    void a_list_goes_on_from_its_checkpoint_and_a_bad_one_is_refused() throws Exception {
        for (int i = 0; i < 3; i++) {
            created(
                    "/client-grants",
                    quoted("{'client_id':'console','audience':'https://%d','scope':[]}".formatted(i)));
        }

        JsonNode first = body(call("GET", "/client-grants?take=2", ""));
        JsonNode second = body(
                call("GET", "/client-grants?take=2&from=" + first.path("next").asString(), ""));

        assertThat(first.path("client_grants")).hasSize(2);
        assertThat(second.path("client_grants")).hasSize(1);
        assertThat(second.has("next")).isFalse();
        assertThat(call("GET", "/client-grants?from=nowhere", "").statusCode()).isEqualTo(400);
    }

    @Test
    void a_filter_in_the_query_leaves_out_what_it_does_not_name() throws Exception {
        created("/client-grants", quoted("{'client_id':'console','audience':'https://a','scope':[]}"));
        created("/client-grants", quoted("{'client_id':'console','audience':'https://b','scope':[]}"));

        assertThat(body(call("GET", "/client-grants?audience=https://b", ""))).hasSize(1);
        assertThat(body(call("GET", "/client-grants?audience=https://c", ""))).isEmpty();
    }

    @Test
    void a_grant_for_the_management_api_holds_until_it_is_deleted() throws Exception {
        var grant = created(
                "/client-grants",
                quoted("{'client_id':'console','audience':'" + AUTH0.managementAudience()
                        + "','scope':['read:users']}"));
        assertThat(managementScopes("console")).containsExactly("read:users");

        assertThat(call("DELETE", "/client-grants/" + grant.path("id").asString(), "")
                        .statusCode())
                .isEqualTo(204);

        assertThat(managementScopes("console")).isEmpty();
        assertThat(managementScopes(DemoSeed.WORKER)).isNotEmpty();
    }

    private static List<String> managementScopes(String client) {
        return AUTH0.tenant().client(client).orElseThrow().managementScopes();
    }

    @Test
    void a_filter_that_is_a_flag_by_reference_is_understood() throws Exception {
        created("/client-grants", quoted("{'client_id':'console','audience':'https://a','scope':[]}"));

        HttpResponse<String> found = call("GET", "/client-grants?allow_any_organization=true", "");

        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        assertThat(call("GET", "/client-grants?allow_any_organization=maybe", "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_uses_a_document_is_found_whether_it_names_it_by_its_id_or_holds_an_object() throws Exception {
        var actions = AUTH0.tenant().collections().at("/actions/actions");
        AUTH0.tenant()
                .collections()
                .at("/actions/modules")
                .add("m1", Json.object().put("id", "m1"));
        for (String modules : new String[] {"['m1']", "[{'module_id':'m1','name':'x'}]", "[{'module_id':'m2'}]"}) {
            actions.add(modules, Json.object().set("modules", Json.MAPPER.readTree(quoted(modules))));
        }

        assertThat(read("/actions/modules/m1/actions").path("actions")).hasSize(2);
    }

    @Test
    void from_is_a_checkpoint_only_where_there_are_checkpoints() throws Exception {
        assertThat(call("GET", "/stats/daily?from=20260101", "").statusCode()).isEqualTo(200);
    }

    @Test
    void a_relation_is_seen_from_both_sides_and_ends_with_what_it_relates() throws Exception {
        String role = created("/roles", quoted("{'name':'new'}")).path("id").asString();

        call("POST", "/roles/" + role + "/users", quoted("{'users':['%s']}".formatted(DemoSeed.UMA)));
        assertThat(AUTH0.tenant().userRoles(DemoSeed.UMA)).containsExactly(role);
        call("DELETE", "/roles/" + role, "");

        assertThat(AUTH0.tenant().userRoles(DemoSeed.UMA)).isEmpty();
    }

    @Test
    void a_client_secret_is_shown_to_who_may_read_keys_and_rotates() throws Exception {
        JsonNode client = created("/clients", quoted("{'name':'app'}"));
        String path = "/clients/" + client.path("client_id").asString();
        String before = client.path("client_secret").asString();

        String after = body(call("POST", path + "/rotate-secret", ""))
                .path("client_secret")
                .asString();

        assertThat(before).isNotEmpty().isNotEqualTo(after);
        assertThat(read(path).has("client_secret")).isFalse();
        assertThat(AUTH0.tenant()
                        .client(client.path("client_id").asString())
                        .orElseThrow()
                        .secret())
                .hasValueSatisfying(secret -> assertThat(secret.matches(after)).isTrue());
    }

    private static JsonNode created(String path, String body) throws Exception {
        HttpResponse<String> response = call("POST", path, body);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
        return body(response);
    }

    private static JsonNode read(String path) throws Exception {
        return body(call("GET", path, ""));
    }

    private static JsonNode body(HttpResponse<String> response) {
        return Json.MAPPER.readTree(response.body());
    }

    private static String quoted(String body) {
        return body.replace('\'', '"');
    }

    private static HttpResponse<String> call(String method, String path, String body) throws Exception {
        return send(json(AUTH0, method, "/api/v2" + path, body).header("Authorization", "Bearer " + TOKEN));
    }
}
