package dev.mandate.simulator;

import static dev.mandate.simulator.TestTenants.management;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.auth0.client.mgmt.ManagementApi;
import com.auth0.client.mgmt.core.ManagementApiException;
import com.auth0.client.mgmt.types.CreateUserRequestContent;
import com.auth0.client.mgmt.types.CreateUserResponseContent;
import com.auth0.client.mgmt.types.GetUserRequestParameters;
import com.auth0.client.mgmt.types.GetUserResponseContent;
import com.auth0.client.mgmt.types.ListUsersRequestParameters;
import com.auth0.client.mgmt.types.UpdateUserRequestContent;
import com.auth0.client.mgmt.types.UserResponseSchema;
import dev.mandate.simulator.seed.DemoSeed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsersThroughTheSdkTest {

    private final Simulator auth0 = Simulator.start(TestTenants.demo());
    private final ManagementApi api = management(auth0, "read:users", "create:users", "update:users", "delete:users");

    @AfterEach
    void stop() {
        auth0.close();
    }

    @Test
    void a_user_is_read() {
        GetUserResponseContent user = api.users().get(DemoSeed.UMA);

        assertThat(user.getEmail()).contains("uma@acme.example");
        assertThat(user.getIdentities().orElseThrow().getFirst().getConnection())
                .hasToString("Optional[Username-Password-Authentication]");
    }

    @Test
    void fields_choose_what_is_read() {
        GetUserResponseContent user = api.users()
                .get(
                        DemoSeed.UMA,
                        GetUserRequestParameters.builder()
                                .fields("user_id,blocked")
                                .build());

        assertThat(user.getUserId()).contains(DemoSeed.UMA);
        assertThat(user.getEmail()).isEmpty();
    }

    @Test
    void a_user_who_does_not_exist_is_a_404_with_auth0s_code() {
        var refusal = catchThrowableOfType(
                ManagementApiException.class, () -> api.users().get("auth0|nobody"));

        assertThat(refusal.statusCode()).isEqualTo(404);
        assertThat(refusal.body()).asString().contains("inexistent_user");
    }

    @Test
    void blocking_changes_the_user_once_and_blocking_again_changes_nothing() {
        UpdateUserRequestContent block =
                UpdateUserRequestContent.builder().blocked(true).build();

        api.users().update(DemoSeed.UMA, block);
        api.users().update(DemoSeed.UMA, block);

        assertThat(auth0.tenant().users().isBlocked(DemoSeed.UMA)).isTrue();
        assertThat(auth0.tenant().users().revision(DemoSeed.UMA)).isEqualTo(2);
        assertThat(auth0.journal().managementWrites()).hasSize(2);
    }

    @Test
    void metadata_is_merged_at_its_first_level_and_null_unsets() {
        Map<String, Object> second = new HashMap<>();
        second.put("plan", null);
        second.put("address", Map.of("city", "Bern"));
        api.users().update(DemoSeed.UMA, metadata(Map.of("plan", "gold", "address", Map.of("street", "Gasse"))));

        api.users().update(DemoSeed.UMA, metadata(second));

        assertThat(auth0.tenant().users().find(DemoSeed.UMA).orElseThrow().path("user_metadata"))
                .hasToString("{\"address\":{\"city\":\"Bern\"}}");
    }

    @Test
    void a_password_reset_lifts_a_block_and_the_password_is_in_no_answer() {
        auth0.tenant().users().block(DemoSeed.UMA, true);

        var answer = api.users()
                .update(
                        DemoSeed.UMA,
                        UpdateUserRequestContent.builder()
                                .password("N3w-Passw0rd!")
                                .build());

        assertThat(auth0.tenant().users().isBlocked(DemoSeed.UMA)).isFalse();
        assertThat(auth0.tenant().users().passwordMatches(DemoSeed.UMA, "N3w-Passw0rd!"))
                .isTrue();
        assertThat(answer).asString().doesNotContain("N3w-Passw0rd!");
        // The block by the test, and the reset: one request is one revision.
        assertThat(auth0.tenant().users().revision(DemoSeed.UMA)).isEqualTo(3);
    }

    @Test
    void an_address_that_another_user_has_is_refused() {
        var change =
                UpdateUserRequestContent.builder().email("gus@globex.example").build();

        var refusal = catchThrowableOfType(
                ManagementApiException.class, () -> api.users().update(DemoSeed.UMA, change));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(auth0.tenant().users().revision(DemoSeed.UMA)).isOne();
    }

    @Test
    void a_user_is_created_once_and_the_second_time_is_a_conflict() {
        CreateUserRequestContent request = CreateUserRequestContent.builder()
                .connection("Username-Password-Authentication")
                .email("new@acme.example")
                .password("S3cret-Passw0rd")
                .build();

        CreateUserResponseContent created = api.users().create(request);
        var refusal = catchThrowableOfType(
                ManagementApiException.class, () -> api.users().create(request));

        assertThat(created.getUserId().orElseThrow()).matches("auth0\\|[0-9a-f]{24}");
        assertThat(created).asString().doesNotContain("S3cret");
        assertThat(refusal.statusCode()).isEqualTo(409);
        assertThat(refusal.body()).asString().contains("The user already exists.");
    }

    @Test
    void a_connection_that_does_not_exist_is_refused() {
        CreateUserRequestContent request = CreateUserRequestContent.builder()
                .connection("elsewhere")
                .email("new@acme.example")
                .password("S3cret-Passw0rd")
                .build();

        var refusal = catchThrowableOfType(
                ManagementApiException.class, () -> api.users().create(request));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).asString().contains("inexistent_connection");
    }

    @Test
    void deleting_succeeds_whether_or_not_the_user_is_there() {
        api.users().delete(DemoSeed.UMA);
        api.users().delete(DemoSeed.UMA);

        assertThat(auth0.tenant().users().has(DemoSeed.UMA)).isFalse();
    }

    @Test
    void users_are_listed_page_by_page() {
        ListUsersRequestParameters parameters =
                ListUsersRequestParameters.builder().perPage(20).sort("email:1").build();

        List<UserResponseSchema> all = new ArrayList<>();
        api.users().list(parameters).forEach(all::add);

        assertThat(all).hasSize(auth0.tenant().users().all().size());
        assertThat(all.getFirst().getEmail()).contains("ada.admin@acme.example");
    }

    @Test
    void users_are_searched() {
        var parameters = ListUsersRequestParameters.builder()
                .q("email:\"gus@globex.example\" AND NOT blocked:true")
                .searchEngine(com.auth0.client.mgmt.types.SearchEngineVersionsEnum.V3)
                .build();

        assertThat(api.users().list(parameters).getItems())
                .singleElement()
                .satisfies(user -> assertThat(user.getUserId()).contains(DemoSeed.GUS));
    }

    private static UpdateUserRequestContent metadata(Map<String, Object> metadata) {
        return UpdateUserRequestContent.builder().userMetadata(metadata).build();
    }
}
