package dev.mandate.simulator.seed;

import static java.util.Objects.requireNonNullElse;

import java.util.List;

/**
 * A resource server with role-based access control and permissions in its access tokens.
 *
 * @param identifier its audience
 * @param name its display name
 * @param scopes the permissions that it defines
 */
public record SeedApi(String identifier, String name, List<String> scopes) {

    /** Takes what is given; missing scopes are none. */
    public SeedApi {
        scopes = List.copyOf(requireNonNullElse(scopes, List.of()));
    }
}
