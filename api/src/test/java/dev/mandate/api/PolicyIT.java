package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.api.testkit.TestTokens;
import dev.mandate.api.testkit.TopicLog;
import dev.mandate.contracts.topic.Topics;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the token already denies is denied at once, with the rule's reason, and leaves nothing on Kafka. */
class PolicyIT {

    private static final String USER = "auth0|65b0000000000000000000bb";

    private final ApiHarness harness = ApiHarness.shared();
    private final Http http = harness.http();
    private final TopicLog commands = harness.log(Topics.COMMANDS);
    private long before;

    @BeforeEach
    void count() {
        before = commands.size();
    }

    @AfterEach
    void nothing_is_left_on_kafka() {
        assertThat(commands.size()).isEqualTo(before);
        commands.close();
    }

    @Test
    void support_may_not_block_a_user() {
        var answer = http.submit(token(TestTokens.support()), TestSubmissions.block(USER));

        assertDenied(answer, "policy.permission_missing");
        assertThat(answer.json().at("/because/0").stringValue()).contains("update:users");
    }

    @Test
    void A52_permissions_are_compared_as_they_are() {
        for (String lookalike :
                List.of("Update:users", "update:*", "*", "update:users ", "update:users_app_metadata")) {
            assertDenied(
                    http.submit(token(TestTokens.of("auth0|x", List.of(lookalike))), TestSubmissions.block(USER)),
                    "policy.permission_missing");
        }
    }

    @Test
    void A52_the_scope_claim_gives_nothing() {
        var scoped = TestTokens.of("auth0|x", List.of()).with("scope", "update:users read:users");

        assertDenied(http.submit(token(scoped), TestSubmissions.block(USER)), "policy.permission_missing");
    }

    @Test
    void A56_who_may_update_users_may_not_grant_permissions() {
        var answer = http.submit(token(TestTokens.of("auth0|rick", List.of("read:users", "update:users"))), """
                {"tenant":"acme-prod","action":"users.permissions.create","arguments":{"id":"auth0|other","body":
                 {"permissions":[{"resource_server_identifier":"https://mandate.example/api","permission_name":"x"}]}}}""");

        assertDenied(answer, "policy.marked_permission_missing");
    }

    @Test
    void A56_nobody_blocks_or_unblocks_themselves() {
        assertDenied(
                http.submit(token(TestTokens.administrator()), TestSubmissions.block("auth0|ada")),
                "policy.own_grants");
    }

    @Test
    void A56_whether_an_address_is_ones_own_is_left_to_the_worker() {
        var answer = dryRun(TestTokens.administrator(), """
                {"tenant":"acme-prod","action":"userBlocks.deleteByIdentifier",
                 "arguments":{"query":{"identifier":"ada@acme.example"}}}""");

        assertThat(answer.json().get("decision").stringValue()).isEqualTo("defer");
    }

    @Test
    void A56_an_account_is_linked_by_its_id_and_not_by_its_token() {
        var answer = http.submit(token(TestTokens.administrator()), """
                {"tenant":"acme-prod","action":"users.identities.link",
                 "arguments":{"id":"auth0|other","body":{"link_with":"eyJ.eyJ.c2ln"}}}""");

        assertThat(answer.code()).isEqualTo("arguments.invalid");
    }

    @Test
    void setting_a_password_needs_a_permission_of_its_own() {
        var editor = TestTokens.of("auth0|rick", List.of("read:users", "update:users"));

        assertDenied(
                http.submit(token(editor), TestSubmissions.password(USER, "S3cret-not-set")),
                "policy.marked_permission_missing");
    }

    @Test
    void a_tenant_that_does_not_exist_is_as_closed_as_somebody_elses() {
        var answer = http.submit(
                token(TestTokens.administrator()), TestSubmissions.get(USER).replace("acme-prod", "nobody"));

        assertDenied(answer, "policy.issuer");
    }

    @Test
    void an_application_is_refused_unless_the_tenant_takes_applications() {
        var application = TestTokens.of("abc@clients", List.of("read:users")).with("gty", "client-credentials");

        assertDenied(http.submit(token(application), TestSubmissions.get(USER)), "policy.application");
    }

    @Test
    void A60_headers_that_name_somebody_else_are_not_believed() {
        var answer = http.send(http.command(token(TestTokens.support()), TestSubmissions.block(USER))
                .header("X-User-ID", "auth0|ada")
                .header("X-Forwarded-User", "auth0|ada")
                .header("X-Forwarded-Access-Token", token(TestTokens.administrator())));

        assertDenied(answer, "policy.permission_missing");
    }

    @Test
    void a_dry_run_says_what_would_be_decided_and_why() {
        // When
        var denied = dryRun(TestTokens.support(), TestSubmissions.block(USER));
        var allowed = dryRun(TestTokens.administrator(), TestSubmissions.block(USER));
        var deferred = dryRun(TestTokens.administrator().with("org_id", "org_9"), TestSubmissions.block(USER));

        // Then
        assertThat(denied.json().get("decision").stringValue()).isEqualTo("deny");
        assertThat(denied.json().get("code").stringValue()).isEqualTo("policy.permission_missing");
        assertThat(allowed.json().get("decision").stringValue()).isEqualTo("allow");
        assertThat(allowed.json().get("rules").toString()).contains("scopes-as-permissions");
        assertThat(allowed.json().has("because")).isFalse();
        assertThat(deferred.json().get("decision").stringValue()).isEqualTo("defer");
    }

    private Http.Answer dryRun(TestTokens person, String body) {
        Http.Answer answer = http.send(http.request("/v1/commands?dry_run=true")
                .header("Authorization", "Bearer " + token(person))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    private String token(TestTokens form) {
        return harness.issuer().token(form);
    }

    private static void assertDenied(Http.Answer answer, String code) {
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(403);
    }
}
