package dev.mandate.worker.auth0;

import com.auth0.client.mgmt.organizations.members.types.ListOrganizationMemberRolesRequestParameters;
import com.auth0.client.mgmt.roles.types.ListRolePermissionsRequestParameters;
import com.auth0.client.mgmt.types.ClientGrantResponseContent;
import com.auth0.client.mgmt.types.ClientGrantSubjectTypeEnum;
import com.auth0.client.mgmt.types.GetUserRequestParameters;
import com.auth0.client.mgmt.types.GetUserResponseContent;
import com.auth0.client.mgmt.types.ListClientGrantsRequestParameters;
import com.auth0.client.mgmt.types.Organization;
import com.auth0.client.mgmt.types.Role;
import com.auth0.client.mgmt.users.types.ListUserOrganizationsRequestParameters;
import com.auth0.client.mgmt.users.types.ListUserPermissionsRequestParameters;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Live look-ups about people, each with a token that can do nothing else. Every method throws
 * {@link Auth0Exception.Unavailable} when it may go better later, and {@link Auth0Exception.Refused} when it won't.
 */
public final class Directory {

    private static final List<String> READ_USERS = List.of("read:users");
    private static final List<String> READ_ORGANIZATIONS = List.of("read:organizations");
    private static final List<String> READ_MEMBER_ROLES = List.of("read:organization_member_roles");
    private static final List<String> READ_ROLES = List.of("read:roles");
    private static final List<String> READ_CLIENT_GRANTS = List.of("read:client_grants");

    private final LookUps lookUps;

    Directory(LookUps lookUps) {
        this.lookUps = lookUps;
    }

    /** The person's account; empty if it does not exist. */
    public Optional<Account> account(Tenant tenant, String userId) throws Auth0Exception {
        return user(tenant, userId, "user_id,blocked")
                .map(user -> new Account(user.getBlocked().orElse(false)));
    }

    /**
     * The addresses, names and numbers by which somebody could mean a person, those of linked accounts among them; none
     * if there is no such person.
     */
    public Set<String> names(Tenant tenant, String userId) throws Auth0Exception {
        return user(tenant, userId, "user_id,email,username,phone_number,identities").map(Directory::names).stream()
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> names(GetUserResponseContent user) {
        Stream<String> own = Stream.of(user.getEmail(), user.getUsername(), user.getPhoneNumber())
                .flatMap(Optional::stream);
        Stream<String> linked = user.getIdentities().stream()
                .flatMap(List::stream)
                .flatMap(identity -> identity.getProfileData().stream())
                .flatMap(profile -> Stream.of(profile.getEmail(), profile.getUsername(), profile.getPhoneNumber()))
                .flatMap(Optional::stream);
        return Stream.concat(own, linked).collect(Collectors.toUnmodifiableSet());
    }

    private Optional<GetUserResponseContent> user(Tenant tenant, String userId, String fields) throws Auth0Exception {
        var asked = GetUserRequestParameters.builder()
                .fields(fields)
                .includeFields(true)
                .build();
        return lookUps.find(tenant, READ_USERS, (api, options) -> api.users().get(userId, asked, options));
    }

    /** What a person is granted of an API, directly and by roles, outside any organization. */
    public Set<String> permissions(Tenant tenant, String userId, String audience) throws Auth0Exception {
        return lookUps.find(
                        tenant,
                        READ_USERS,
                        (api, options) -> Pages.collect(page -> api.users()
                                        .permissions()
                                        .list(
                                                userId,
                                                ListUserPermissionsRequestParameters.builder()
                                                        .perPage(Pages.SIZE)
                                                        .page(page)
                                                        .build(),
                                                options))
                                .stream()
                                .filter(one -> one.getResourceServerIdentifier()
                                        .filter(audience::equals)
                                        .isPresent())
                                .flatMap(one -> one.getPermissionName().stream())
                                .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    /** The ids of the organizations that a person is a member of; none if there is no such person. */
    public Set<String> organizations(Tenant tenant, String userId) throws Auth0Exception {
        return lookUps.find(
                        tenant,
                        READ_ORGANIZATIONS,
                        (api, options) -> Pages.collect(page -> api.users()
                                        .organizations()
                                        .list(
                                                userId,
                                                ListUserOrganizationsRequestParameters.builder()
                                                        .perPage(Pages.SIZE)
                                                        .page(page)
                                                        .build(),
                                                options))
                                .stream()
                                .map(Organization::getId)
                                .flatMap(Optional::stream)
                                .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    /** What a person's roles in an organization give, of an API. */
    public OrganizationGrants organizationGrants(Tenant tenant, String organization, String userId, String audience)
            throws Auth0Exception {
        List<Role> roles = lookUps.find(
                        tenant,
                        READ_MEMBER_ROLES,
                        (api, options) -> Pages.collect(page -> api.organizations()
                                .members()
                                .roles()
                                .list(
                                        organization,
                                        userId,
                                        ListOrganizationMemberRolesRequestParameters.builder()
                                                .perPage(Pages.SIZE)
                                                .page(page)
                                                .build(),
                                        options)))
                .orElse(List.of());
        var names = new HashSet<String>();
        var permissions = new HashSet<String>();
        for (Role role : roles) {
            role.getName().ifPresent(names::add);
            if (role.getId().isPresent()) {
                permissions.addAll(rolePermissions(tenant, role.getId().get(), audience));
            }
        }
        return new OrganizationGrants(names, permissions);
    }

    /** What an application's own grant for an API covers; nothing if it has none. Its grants for people don't count. */
    public Set<String> clientGrant(Tenant tenant, String clientId, String audience) throws Auth0Exception {
        return lookUps.find(
                        tenant,
                        READ_CLIENT_GRANTS,
                        (api, options) -> api
                                .clientGrants()
                                .list(
                                        ListClientGrantsRequestParameters.builder()
                                                .audience(audience)
                                                .clientId(clientId)
                                                .subjectType(ClientGrantSubjectTypeEnum.CLIENT)
                                                .build(),
                                        options)
                                .getItems()
                                .stream()
                                .map(ClientGrantResponseContent::getScope)
                                .flatMap(Optional::stream)
                                .flatMap(List::stream)
                                .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    private Set<String> rolePermissions(Tenant tenant, String role, String audience) throws Auth0Exception {
        return lookUps.find(
                        tenant,
                        READ_ROLES,
                        (api, options) -> Pages.collect(page -> api.roles()
                                        .permissions()
                                        .list(
                                                role,
                                                ListRolePermissionsRequestParameters.builder()
                                                        .perPage(Pages.SIZE)
                                                        .page(page)
                                                        .build(),
                                                options))
                                .stream()
                                .filter(one -> one.getResourceServerIdentifier()
                                        .filter(audience::equals)
                                        .isPresent())
                                .flatMap(one -> one.getPermissionName().stream())
                                .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }
}
