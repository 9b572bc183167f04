package dev.mandate.simulator.seed;

import static java.util.Objects.requireNonNullElse;

import java.util.List;

/**
 * An organization.
 *
 * @param id its id, such as {@code org_globex}
 * @param name its unique name
 * @param displayName its name for people
 * @param members who belongs to it
 */
public record SeedOrganization(String id, String name, String displayName, List<Member> members) {

    /** Takes what is given; missing members are none. */
    public SeedOrganization {
        members = List.copyOf(requireNonNullElse(members, List.of()));
    }

    /**
     * A member of an organization.
     *
     * @param userId who
     * @param roles names of the roles held inside the organization
     */
    public record Member(String userId, List<String> roles) {

        /** Takes what is given; missing roles are none. */
        public Member {
            roles = List.copyOf(requireNonNullElse(roles, List.of()));
        }
    }
}
