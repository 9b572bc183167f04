package dev.mandate.simulator;

import static dev.mandate.simulator.TestTenants.AUDIENCE;
import static dev.mandate.simulator.TestTenants.management;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.auth0.client.mgmt.ManagementApi;
import com.auth0.client.mgmt.core.ManagementApiException;
import com.auth0.client.mgmt.types.ChangePasswordTicketRequestContent;
import com.auth0.client.mgmt.types.ClientGrantResponseContent;
import com.auth0.client.mgmt.types.ClientGrantSubjectTypeEnum;
import com.auth0.client.mgmt.types.ListClientGrantsRequestParameters;
import com.auth0.client.mgmt.types.ListRolesRequestParameters;
import com.auth0.client.mgmt.types.PermissionRequestPayload;
import com.auth0.client.mgmt.types.PermissionsResponsePayload;
import com.auth0.client.mgmt.types.Role;
import com.auth0.client.mgmt.types.UserPermissionSchema;
import com.auth0.client.mgmt.users.types.AssignUserRolesRequestContent;
import com.auth0.client.mgmt.users.types.CreateUserPermissionsRequestContent;
import com.auth0.client.mgmt.users.types.DeleteUserPermissionsRequestContent;
import com.auth0.client.mgmt.users.types.DeleteUserRolesRequestContent;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.seed.Permission;
import dev.mandate.simulator.seed.SeedClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrantsThroughTheSdkTest {

    private static final Simulator AUTH0 = Simulator.start(TestTenants.demo());

    private final ManagementApi api = management(
            AUTH0,
            "read:users",
            "update:users",
            "read:roles",
            "read:role_members",
            "create:role_members",
            "delete:role_members",
            "create:user_tickets");

    @AfterAll
    static void stop() {
        AUTH0.close();
    }

    @BeforeEach
    void reset() {
        AUTH0.reset();
    }

    @Test
    void the_roles_of_a_user_are_listed() {
        List<Role> roles = api.users().roles().list(DemoSeed.SAM).getItems();

        assertThat(roles)
                .singleElement()
                .satisfies(role -> assertThat(role.getName()).contains("support"));
    }

    @Test
    void what_an_application_is_granted_of_an_api_is_listed_for_whoever_may_read_client_grants() {
        // Given
        AUTH0.tenant()
                .load(TestTenants.demo()
                        .seed()
                        .withClient(SeedClient.machine("nightly-job", TestTenants.secret("nightly-job"), List.of())
                                .withGrant(AUDIENCE, "read:users", "update:users")));
        var wanted = ListClientGrantsRequestParameters.builder()
                .audience(AUDIENCE)
                .clientId("nightly-job")
                .subjectType(ClientGrantSubjectTypeEnum.CLIENT)
                .build();

        // When
        List<ClientGrantResponseContent> grants = management(AUTH0, "read:client_grants")
                .clientGrants()
                .list(wanted)
                .getItems();
        var refusal = catchThrowableOfType(
                ManagementApiException.class, () -> api.clientGrants().list(wanted));

        // Then
        assertThat(grants)
                .singleElement()
                .satisfies(grant -> assertThat(grant.getScope()).contains(List.of("read:users", "update:users")));
        assertThat(refusal.statusCode()).isEqualTo(403);
    }

    @Test
    void roles_are_assigned_and_taken_away() {
        String editor = AUTH0.tenant().roles().idOf("editor");

        api.users()
                .roles()
                .assign(
                        DemoSeed.UMA,
                        AssignUserRolesRequestContent.builder()
                                .roles(List.of(editor))
                                .build());
        assertThat(AUTH0.tenant().permissions(DemoSeed.UMA, AUDIENCE))
                .containsExactlyInAnyOrder("read:users", "update:users");

        api.users()
                .roles()
                .delete(
                        DemoSeed.UMA,
                        DeleteUserRolesRequestContent.builder()
                                .roles(List.of(editor))
                                .build());
        assertThat(AUTH0.tenant().userRoles(DemoSeed.UMA)).isEmpty();
    }

    @Test
    void a_role_that_does_not_exist_is_refused_and_nothing_is_assigned() {
        String editor = AUTH0.tenant().roles().idOf("editor");
        var request = AssignUserRolesRequestContent.builder()
                .roles(List.of(editor, "rol_none"))
                .build();

        var refusal = catchThrowableOfType(
                ManagementApiException.class, () -> api.users().roles().assign(DemoSeed.UMA, request));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(AUTH0.tenant().userRoles(DemoSeed.UMA)).isEmpty();
    }

    @Test
    void permissions_are_listed_with_all_of_their_sources() {
        AUTH0.tenant().givePermissions(DemoSeed.SAM, List.of(new Permission(AUDIENCE, "read:users")));

        UserPermissionSchema permission =
                api.users().permissions().list(DemoSeed.SAM).getItems().getFirst();

        assertThat(permission.getPermissionName()).contains("read:users");
        assertThat(permission.getResourceServerIdentifier()).contains(AUDIENCE);
        assertThat(permission.getAdditionalProperties().get("sources"))
                .asString()
                .contains("DIRECT")
                .contains("ROLE");
    }

    @Test
    void permissions_are_given_and_taken_away() {
        var one = PermissionRequestPayload.builder()
                .resourceServerIdentifier(AUDIENCE)
                .permissionName("delete:users")
                .build();

        api.users()
                .permissions()
                .create(
                        DemoSeed.UMA,
                        CreateUserPermissionsRequestContent.builder()
                                .permissions(List.of(one))
                                .build());
        assertThat(AUTH0.tenant().permissions(DemoSeed.UMA, AUDIENCE)).containsExactly("delete:users");

        api.users()
                .permissions()
                .delete(
                        DemoSeed.UMA,
                        DeleteUserPermissionsRequestContent.builder()
                                .permissions(List.of(one))
                                .build());
        assertThat(AUTH0.tenant().permissions(DemoSeed.UMA, AUDIENCE)).isEmpty();
    }

    @Test
    void a_permission_that_the_api_does_not_define_is_refused() {
        var unknown = PermissionRequestPayload.builder()
                .resourceServerIdentifier(AUDIENCE)
                .permissionName("fly:planes")
                .build();
        var request = CreateUserPermissionsRequestContent.builder()
                .permissions(List.of(unknown))
                .build();

        var refusal = catchThrowableOfType(
                ManagementApiException.class, () -> api.users().permissions().create(DemoSeed.UMA, request));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(AUTH0.tenant().userPermissions(DemoSeed.UMA)).isEmpty();
    }

    @Test
    void the_tenants_roles_are_listed_and_filtered_by_name() {
        assertThat(api.roles().list().streamItems()).hasSize(4);
        assertThat(api.roles()
                        .list(ListRolesRequestParameters.builder()
                                .nameFilter("supp")
                                .build())
                        .streamItems())
                .singleElement()
                .satisfies(role -> assertThat(role.getName()).contains("support"));
    }

    @Test
    void what_a_role_grants_is_listed() {
        String editor = AUTH0.tenant().roles().idOf("editor");

        assertThat(api.roles()
                        .permissions()
                        .list(editor)
                        .streamItems()
                        .map(PermissionsResponsePayload::getPermissionName))
                .extracting(java.util.Optional::orElseThrow)
                .containsExactlyInAnyOrder("read:users", "update:users");
    }

    @Test
    void a_role_that_does_not_exist_is_a_404() {
        var refusal = catchThrowableOfType(
                ManagementApiException.class, () -> api.roles().permissions().list("rol_none"));

        assertThat(refusal.statusCode()).isEqualTo(404);
    }

    @Test
    void each_password_ticket_is_another_one() {
        var request = ChangePasswordTicketRequestContent.builder()
                .userId(DemoSeed.UMA)
                .build();

        String first = api.tickets().changePassword(request).getTicket();
        String second = api.tickets().changePassword(request).getTicket();

        assertThat(first).startsWith(AUTH0.issuer() + "lo/reset?ticket=").isNotEqualTo(second);
    }

    @Test
    void there_is_no_ticket_for_nobody() {
        var nobody = ChangePasswordTicketRequestContent.builder()
                .userId("auth0|nobody")
                .build();

        var refusal = catchThrowableOfType(
                ManagementApiException.class, () -> api.tickets().changePassword(nobody));

        assertThat(refusal.statusCode()).isEqualTo(404);
    }
}
