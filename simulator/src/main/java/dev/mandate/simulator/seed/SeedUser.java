package dev.mandate.simulator.seed;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person.
 *
 * @param userId such as {@code auth0|5f7c8ec7c33c6c004bbafe82}
 * @param email the address to log in with
 * @param username another name to log in with, if any
 * @param name the person's full name
 * @param password the password, if the person may log in
 * @param roles names of tenant roles
 * @param permissions direct permissions
 * @param userMetadata {@code user_metadata}
 * @param appMetadata {@code app_metadata}
 * @param blocked whether an administrator has blocked the person
 * @param amr how a login authenticates; {@code pwd} if nothing is said
 */
public record SeedUser(
        String userId,
        String email,
        Optional<String> username,
        String name,
        Optional<Secret> password,
        List<String> roles,
        List<Permission> permissions,
        Map<String, Object> userMetadata,
        Map<String, Object> appMetadata,
        boolean blocked,
        List<String> amr) {

    /** Takes what is given; what is missing is empty. */
    public SeedUser {
        username = requireNonNullElse(username, Optional.empty());
        name = requireNonNullElse(name, email);
        password = requireNonNullElse(password, Optional.empty());
        roles = List.copyOf(requireNonNullElse(roles, List.of()));
        permissions = List.copyOf(requireNonNullElse(permissions, List.of()));
        userMetadata = Map.copyOf(requireNonNullElse(userMetadata, Map.of()));
        appMetadata = Map.copyOf(requireNonNullElse(appMetadata, Map.of()));
        amr = List.copyOf(requireNonNullElse(amr, List.of("pwd")));
    }

    /** A person with a password and no rights; the part of the address before the @ is a username too. */
    public static SeedUser of(String userId, String email, String name, Secret password) {
        Optional<String> username = Optional.of(email.substring(0, email.indexOf('@')));
        return new SeedUser(
                userId,
                email,
                username,
                name,
                Optional.of(password),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                false,
                List.of("pwd"));
    }

    /** The same person with these tenant roles. */
    public SeedUser withRoles(String... names) {
        return new SeedUser(
                userId,
                email,
                username,
                name,
                password,
                List.of(names),
                permissions,
                userMetadata,
                appMetadata,
                blocked,
                amr);
    }

    /** The same person with these direct permissions. */
    public SeedUser withPermissions(Permission... direct) {
        return new SeedUser(
                userId,
                email,
                username,
                name,
                password,
                roles,
                List.of(direct),
                userMetadata,
                appMetadata,
                blocked,
                amr);
    }

    /** The same person, logging in by these methods. */
    public SeedUser withAmr(String... methods) {
        return new SeedUser(
                userId,
                email,
                username,
                name,
                password,
                roles,
                permissions,
                userMetadata,
                appMetadata,
                blocked,
                List.of(methods));
    }
}
