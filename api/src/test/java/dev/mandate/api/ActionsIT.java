package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.TestTokens;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** People find out what they can ask for, and what they would need for it. */
class ActionsIT {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final int COMPACT = 400;

    private final ApiHarness harness = ApiHarness.shared();
    private final Http http = harness.http();
    private final String support = token(TestTokens.support());

    @Test
    void the_list_has_every_action_and_is_compact() {
        Http.Answer answer = http.get("/v1/actions", support);

        assertThat(names(answer))
                .containsExactlyElementsOf(
                        CATALOGUE.actions().stream().map(Action::name).toList());
        assertThat(answer.text()).doesNotContain("schema");
        assertThat(answer.text().length())
                .isLessThan(COMPACT * CATALOGUE.actions().size());
    }

    @Test
    void it_can_be_searched_by_words_resource_and_kind() {
        assertThat(find("q=assign%20Roles")).contains("users.roles.assign").doesNotContain("users.get");
        assertThat(find("q=password%20change")).contains("tickets.changePassword");
        assertThat(find("q=delete:users"))
                .contains("users.delete")
                .allSatisfy(
                        name -> assertThat(action(name).scopes()).anyMatch(scope -> scope.contains("delete:users")));
        assertThat(find("q=nothing-is-called-so")).isEmpty();
        assertThat(find("resource=users")).contains("users.get").allMatch(name -> name.startsWith("users."));
        assertThat(find("resource=user")).isEmpty();
        assertThat(find("resource=organizations.members"))
                .contains("organizations.members.roles.list")
                .allMatch(name -> name.startsWith("organizations.members."));
        assertThat(find("resource=users&kind=destructive&q=delete")).contains("users.delete");
    }

    @Test
    void every_action_is_of_exactly_one_kind() {
        Set<String> all = new TreeSet<>();
        for (String kind : List.of("read", "write", "destructive")) {
            List<String> ofKind = find("kind=" + kind);
            assertThat(ofKind).isNotEmpty().noneMatch(all::contains);
            all.addAll(ofKind);
        }
        assertThat(all).hasSameSizeAs(CATALOGUE.actions());
        assertThat(find("kind=read")).allMatch(name -> action(name).reads());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sudo=1", "q=", "q=a&q=b", "kind=READ", "kind=all", "mine=yes", "mine"})
    void another_search_is_refused(String query) {
        assertThat(http.get("/v1/actions?" + query, support).code()).isEqualTo("search.invalid");
    }

    @Test
    void A52_what_is_mine_is_what_a_dry_run_does_not_deny() {
        for (TestTokens person : List.of(
                TestTokens.support(),
                TestTokens.administrator(),
                TestTokens.of("auth0|none", List.of()),
                TestTokens.of("auth0|orga", List.of("read:organization_members", "read:users"))
                        .with("org_id", "org_9"))) {
            // When
            String token = token(person);
            Set<String> mine = Set.copyOf(names(http.get("/v1/actions?mine=true", token)));

            // Then
            Set<String> notDenied = CATALOGUE.actions().stream()
                    .filter(action -> action.scopeRules().isEmpty())
                    .map(Action::name)
                    .filter(name -> !isDenied(token, name))
                    .collect(Collectors.toSet());
            assertThat(mine.stream()
                            .filter(name -> action(name).scopeRules().isEmpty())
                            .filter(name -> !person.changes().containsKey("org_id")
                                    || action(name).affects().stream()
                                            .noneMatch(rule -> rule.type().equals("organization"))))
                    .as("%s", person)
                    .isSubsetOf(notDenied);
            assertThat(mine).containsAll(notDenied);
        }
    }

    @Test
    void role_a_finds_what_it_may_and_reads_why_not_the_rest() {
        assertThat(find("mine=true&resource=users"))
                .contains("users.get")
                .doesNotContain("users.update", "users.delete");

        JsonNode grant =
                http.get("/v1/actions/users.permissions.create", support).json();
        assertThat(grant.at("/you/permitted").booleanValue()).isFalse();
        assertThat(grant.at("/you/missing").toString()).contains("update:users", "users.permissions.create");
        assertThat(grant.at("/you/code").stringValue()).startsWith("policy.");
        assertThat(grant.at("/you/because").stringValue()).contains("users.permissions.create");
        assertThat(grant.at("/marks/0/mark").stringValue()).isEqualTo("escalation");
    }

    @Test
    void a_login_through_an_organization_finds_what_can_concern_that_organization() {
        String token = token(TestTokens.of("auth0|orga", List.of("read:organization_members", "read:users"))
                .with("org_id", "org_9"));

        assertThat(names(http.get("/v1/actions?mine=true", token)))
                .contains("organizations.members.list", "users.get")
                .doesNotContain("users.list");
        assertThat(http.get("/v1/actions/users.list", token)
                        .json()
                        .at("/you/code")
                        .stringValue())
                .isEqualTo("policy.other_organization");
    }

    @Test
    void an_application_that_no_tenant_takes_finds_nothing_of_its_own() {
        String token = token(TestTokens.of("abc@clients", List.of("read:users")));

        assertThat(names(http.get("/v1/actions?mine=true", token))).isEmpty();
        assertThat(http.get("/v1/actions/users.get", token)
                        .json()
                        .at("/you/code")
                        .stringValue())
                .isEqualTo("policy.application");
    }

    @Test
    void an_action_is_shown_with_all_that_a_submission_needs() {
        JsonNode action = http.get("/v1/actions/users.update", support).json();

        assertThat(action.get("name").stringValue()).isEqualTo("users.update");
        assertThat(action.get("kind").stringValue()).isEqualTo("write");
        assertThat(action.get("repeat").stringValue()).isEqualTo("idempotent");
        assertThat(action.get("secrets").toString()).contains("/body/password");
        assertThat(action.at("/arguments_schema/properties/body/properties/blocked")
                        .isObject())
                .isTrue();
        assertThat(action.at("/arguments_schema/additionalProperties").booleanValue())
                .isFalse();
        assertThat(action.at("/examples/smallest/tenant").stringValue()).isEqualTo("acme-prod");
        assertThat(action.at("/examples/complete/arguments/body").size()).isGreaterThan(10);
    }

    @Test
    void the_examples_of_every_action_are_taken_as_they_are() {
        String token = token(TestTokens.of("auth0|reader", List.of()));
        for (Action action : CATALOGUE.actions()) {
            JsonNode examples =
                    http.get("/v1/actions/" + action.name(), token).json().get("examples");
            for (String form : List.of("smallest", "complete")) {
                Http.Answer answer = dryRun(token, examples.get(form).toString());
                assertThat(answer.status())
                        .as(action.name() + " " + answer.text())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void an_unknown_action_is_not_found() {
        assertThat(http.get("/v1/actions/users.nothing", support).code()).isEqualTo("action.unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/actions", "/v1/actions/users.update", "/v1/actions?q=users"})
    void A76_only_the_callers_own_cache_may_keep_it_and_asks_each_time(String path) {
        // Given
        Http.Answer first = http.get(path, support);
        String tag = first.header("ETag").orElseThrow();

        // When
        Http.Answer again = conditional(path, support, tag);
        Http.Answer other = conditional(path, token(TestTokens.administrator()), tag);

        // Then
        assertThat(first.header("Cache-Control").orElseThrow()).contains("private", "no-cache");
        assertThat(first.header("Vary").orElseThrow()).contains("Authorization");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
        assertThat(other.status()).as("somebody else").isEqualTo(200);
    }

    private boolean isDenied(String token, String action) {
        String example = http.get("/v1/actions/" + action, token)
                .json()
                .at("/examples/smallest")
                .toString();
        return dryRun(token, example).json().get("decision").stringValue().equals("deny");
    }

    private Http.Answer dryRun(String token, String body) {
        return http.send(http.request("/v1/commands?dry_run=true")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Http.Answer conditional(String path, String token, String tag) {
        return http.send(http.request(path)
                .header("Authorization", "Bearer " + token)
                .header("If-None-Match", tag)
                .GET());
    }

    private List<String> find(String query) {
        return names(http.get("/v1/actions?" + query, support));
    }

    private String token(TestTokens person) {
        return harness.issuer().token(person);
    }

    private static Action action(String name) {
        return CATALOGUE.find(name).orElseThrow();
    }

    private static List<String> names(Http.Answer answer) {
        return answer.json()
                .get("actions")
                .valueStream()
                .map(action -> action.get("name").stringValue())
                .toList();
    }
}
