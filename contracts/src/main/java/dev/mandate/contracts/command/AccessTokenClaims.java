package dev.mandate.contracts.command;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person's verified access token says, read the same way by the API, which copies it into the command, and by
 * the worker, which opens the token and compares.
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}
 * @param clientId {@code azp}, else {@code client_id}: the application that the person used
 * @param organization {@code org_id}
 * @param permissions {@code permissions} (not {@code scope}: Auth0's RBAC speaks through permissions)
 * @param roles the configured, namespaced claim
 * @param acr {@code acr}
 * @param amr {@code amr}
 * @param authenticatedAt {@code auth_time}
 * @param application whether the token is an application's own ({@code gty}, or a subject that ends in
 *     {@code @clients})
 */
public record AccessTokenClaims(
        String issuer,
        String subject,
        Optional<String> clientId,
        Optional<String> organization,
        List<String> permissions,
        List<String> roles,
        Optional<String> acr,
        List<String> amr,
        Optional<Instant> authenticatedAt,
        boolean application) {

    /** Copies the lists. */
    public AccessTokenClaims {
        permissions = List.copyOf(permissions);
        roles = List.copyOf(roles);
        amr = List.copyOf(amr);
    }

    /**
     * Reads the claims of a token that has been verified.
     *
     * @param rolesClaim the name of the claim that holds the names of roles
     * @throws IllegalArgumentException when a claim is missing or has another type; the message repeats no value
     */
    public static AccessTokenClaims from(Map<String, ?> claims, String rolesClaim) {
        String subject = required(claims, "sub");
        return new AccessTokenClaims(
                required(claims, "iss"),
                subject,
                text(claims, "azp").or(() -> text(claims, "client_id")),
                text(claims, "org_id"),
                texts(claims, "permissions"),
                texts(claims, rolesClaim),
                text(claims, "acr"),
                texts(claims, "amr"),
                time(claims, "auth_time"),
                subject.endsWith("@clients")
                        || text(claims, "gty")
                                .filter("client-credentials"::equals)
                                .isPresent());
    }

    private static String required(Map<String, ?> claims, String name) {
        return text(claims, name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalArgumentException("The token lacks the claim " + name));
    }

    private static Optional<String> text(Map<String, ?> claims, String name) {
        return switch (claims.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case java.net.URL url -> Optional.of(url.toString());
            default -> throw mistyped(name);
        };
    }

    private static List<String> texts(Map<String, ?> claims, String name) {
        return switch (claims.get(name)) {
            case null -> List.of();
            case Collection<?> values
            when values.stream().allMatch(String.class::isInstance) ->
                values.stream().map(String.class::cast).toList();
            default -> throw mistyped(name);
        };
    }

    private static Optional<Instant> time(Map<String, ?> claims, String name) {
        return switch (claims.get(name)) {
            case null -> Optional.empty();
            case Number seconds -> Optional.of(Instant.ofEpochSecond(seconds.longValue()));
            case Instant instant -> Optional.of(instant);
            case Date date -> Optional.of(date.toInstant());
            default -> throw mistyped(name);
        };
    }

    private static IllegalArgumentException mistyped(String name) {
        return new IllegalArgumentException("The token's claim " + name + " has another type");
    }
}
