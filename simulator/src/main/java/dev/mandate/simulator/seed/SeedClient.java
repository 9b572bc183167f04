package dev.mandate.simulator.seed;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An application. Without a secret and without keys it is a public one, which needs no authentication.
 *
 * @param clientId its id
 * @param name its display name
 * @param secret its client secret, if it authenticates with one
 * @param publicKeys RSA public keys in PEM (SubjectPublicKeyInfo) for private_key_jwt
 * @param grantTypes grants that it may use
 * @param managementScopes what its client grant for the Management API covers
 * @param grants what its client grants for other APIs cover, by audience
 */
public record SeedClient(
        String clientId,
        String name,
        Optional<Secret> secret,
        List<String> publicKeys,
        List<String> grantTypes,
        List<String> managementScopes,
        Map<String, List<String>> grants) {

    /**
     * Takes what is given; what is missing is empty.
     *
     * @throws IllegalArgumentException when a public key can't be read
     */
    public SeedClient {
        name = requireNonNullElse(name, clientId);
        secret = requireNonNullElse(secret, Optional.empty());
        publicKeys = List.copyOf(requireNonNullElse(publicKeys, List.of()));
        grantTypes = List.copyOf(requireNonNullElse(grantTypes, List.of()));
        managementScopes = List.copyOf(requireNonNullElse(managementScopes, List.of()));
        grants = Map.copyOf(requireNonNullElse(grants, Map.of()));
        publicKeys.forEach(RsaPem::publicKey);
    }

    /** A machine-to-machine application that authenticates with a secret and may call the Management API. */
    public static SeedClient machine(String clientId, Secret secret, List<String> managementScopes) {
        return new SeedClient(
                clientId,
                clientId,
                Optional.of(secret),
                List.of(),
                List.of("client_credentials"),
                managementScopes,
                Map.of());
    }

    /** A machine-to-machine application that authenticates with private_key_jwt and may call the Management API. */
    public static SeedClient machineWithKey(String clientId, String publicKeyPem, List<String> managementScopes) {
        return new SeedClient(
                clientId,
                clientId,
                Optional.empty(),
                List.of(publicKeyPem),
                List.of("client_credentials"),
                managementScopes,
                Map.of());
    }

    /** A public application through which people log in with their passwords. */
    public static SeedClient login(String clientId) {
        return new SeedClient(
                clientId, clientId, Optional.empty(), List.of(), List.of("password"), List.of(), Map.of());
    }

    /** The same application with a client grant for an API of the tenant. */
    public SeedClient withGrant(String audience, String... scopes) {
        return new SeedClient(
                clientId, name, secret, publicKeys, grantTypes, managementScopes, Map.of(audience, List.of(scopes)));
    }
}
