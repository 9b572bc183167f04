package dev.mandate.simulator;

import static dev.mandate.simulator.TestTenants.management;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.auth0.client.mgmt.ManagementApi;
import com.auth0.client.mgmt.core.ManagementApiException;
import com.auth0.client.mgmt.organizations.members.types.AssignOrganizationMemberRolesRequestContent;
import com.auth0.client.mgmt.organizations.members.types.DeleteOrganizationMemberRolesRequestContent;
import com.auth0.client.mgmt.organizations.types.CreateOrganizationMemberRequestContent;
import com.auth0.client.mgmt.organizations.types.DeleteOrganizationMembersRequestContent;
import com.auth0.client.mgmt.organizations.types.ListOrganizationMembersRequestParameters;
import com.auth0.client.mgmt.types.OrganizationMember;
import dev.mandate.simulator.seed.DemoSeed;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrganizationsThroughTheSdkTest {

    private static final Simulator AUTH0 = Simulator.start(TestTenants.demo());

    private final ManagementApi api = management(
            AUTH0,
            "read:organizations",
            "read:organization_members",
            "create:organization_members",
            "delete:organization_members",
            "read:organization_member_roles",
            "create:organization_member_roles",
            "delete:organization_member_roles");

    @AfterAll
    static void stop() {
        AUTH0.close();
    }

    @BeforeEach
    void reset() {
        AUTH0.reset();
    }

    @Test
    void the_organizations_of_a_user_are_listed() {
        assertThat(api.users().organizations().list(DemoSeed.GUS).streamItems())
                .singleElement()
                .satisfies(organization -> assertThat(organization.getId()).contains(DemoSeed.GLOBEX));
    }

    @Test
    void members_are_listed_by_checkpoints() {
        var parameters =
                ListOrganizationMembersRequestParameters.builder().take(1).build();

        assertThat(api.organizations()
                        .members()
                        .list(DemoSeed.GLOBEX, parameters)
                        .streamItems())
                .extracting(OrganizationMember::getUserId)
                .extracting(java.util.Optional::orElseThrow)
                .containsExactly(DemoSeed.OLGA, DemoSeed.GUS);
        assertThat(AUTH0.journal().all()).hasSize(2);
    }

    @Test
    void members_are_listed_with_their_roles_when_asked_for() {
        var parameters = ListOrganizationMembersRequestParameters.builder()
                .fields("user_id,roles")
                .build();

        OrganizationMember olga = api.organizations()
                .members()
                .list(DemoSeed.GLOBEX, parameters)
                .getItems()
                .getFirst();

        assertThat(olga.getEmail()).isEmpty();
        assertThat(olga.getRoles().orElseThrow())
                .singleElement()
                .satisfies(role -> assertThat(role.getName()).contains("organization-administrator"));
    }

    @Test
    void members_join_and_leave_with_their_roles() {
        String editor = AUTH0.tenant().roles().idOf("editor");

        api.organizations()
                .members()
                .create(
                        DemoSeed.INITECH,
                        CreateOrganizationMemberRequestContent.builder()
                                .members(List.of(DemoSeed.UMA))
                                .build());
        api.organizations()
                .members()
                .roles()
                .assign(
                        DemoSeed.INITECH,
                        DemoSeed.UMA,
                        AssignOrganizationMemberRolesRequestContent.builder()
                                .roles(List.of(editor))
                                .build());
        assertThat(api.organizations()
                        .members()
                        .roles()
                        .list(DemoSeed.INITECH, DemoSeed.UMA)
                        .streamItems())
                .singleElement()
                .satisfies(role -> assertThat(role.getId()).contains(editor));

        api.organizations()
                .members()
                .delete(
                        DemoSeed.INITECH,
                        DeleteOrganizationMembersRequestContent.builder()
                                .members(List.of(DemoSeed.UMA))
                                .build());
        assertThat(AUTH0.tenant().organizations().isMember(DemoSeed.INITECH, DemoSeed.UMA))
                .isFalse();
        assertThat(AUTH0.tenant().organizations().roles(DemoSeed.INITECH, DemoSeed.UMA))
                .isEmpty();
    }

    @Test
    void a_members_role_is_taken_away() {
        String role = AUTH0.tenant().roles().idOf("organization-administrator");

        api.organizations()
                .members()
                .roles()
                .delete(
                        DemoSeed.GLOBEX,
                        DemoSeed.OLGA,
                        DeleteOrganizationMemberRolesRequestContent.builder()
                                .roles(List.of(role))
                                .build());

        assertThat(AUTH0.tenant().permissions(DemoSeed.OLGA, TestTenants.AUDIENCE, DemoSeed.GLOBEX))
                .isEmpty();
    }

    @Test
    void an_organization_that_does_not_exist_is_a_404() {
        var refusal = catchThrowableOfType(
                ManagementApiException.class,
                () -> api.organizations().members().list("org_none"));

        assertThat(refusal.statusCode()).isEqualTo(404);
    }

    @Test
    void who_is_no_member_has_no_roles_to_list() {
        var refusal = catchThrowableOfType(
                ManagementApiException.class,
                () -> api.organizations().members().roles().list(DemoSeed.GLOBEX, DemoSeed.INGA));

        assertThat(refusal.statusCode()).isEqualTo(404);
    }

    @Test
    void nobody_joins_who_does_not_exist() {
        var request = CreateOrganizationMemberRequestContent.builder()
                .members(List.of(DemoSeed.UMA, "auth0|nobody"))
                .build();

        var refusal = catchThrowableOfType(
                ManagementApiException.class,
                () -> api.organizations().members().create(DemoSeed.GLOBEX, request));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(AUTH0.tenant().organizations().isMember(DemoSeed.GLOBEX, DemoSeed.UMA))
                .isFalse();
    }
}
