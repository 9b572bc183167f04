package dev.mandate.simulator.seed;

import static java.util.Objects.requireNonNullElse;

import java.util.List;

/**
 * A role.
 *
 * @param id its id, such as {@code rol_0123456789abcdef}
 * @param name its name, which the roles claim carries and other parts of a seed refer to
 * @param description what it is for
 * @param permissions what it grants
 */
public record SeedRole(String id, String name, String description, List<Permission> permissions) {

    /** Takes what is given; missing permissions are none. */
    public SeedRole {
        description = requireNonNullElse(description, "");
        permissions = List.copyOf(requireNonNullElse(permissions, List.of()));
    }
}
