package dev.mandate.worker.auth0;

import java.util.Set;

/**
 * What a person's roles in one organization give.
 *
 * @param roles the roles' names
 * @param permissions of the company's API
 */
public record OrganizationGrants(Set<String> roles, Set<String> permissions) {

    /** Copies the sets. */
    public OrganizationGrants {
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
    }
}
