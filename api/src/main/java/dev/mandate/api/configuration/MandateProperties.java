package dev.mandate.api.configuration;

import dev.mandate.contracts.policy.TenantFacts;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The intake's configuration. Every property is listed here, and an unknown one below {@code mandate} stops the start:
 * so a Management credential can't even be handed to this process by mistake.
 *
 * @param environment names this installation, such as {@code prod}; part of the audience of what it signs
 * @param instance this process's stable name
 * @param issuer the {@code iss} of what this process signs
 * @param audience the {@code aud} that people's access tokens must have
 * @param rolesClaim the access token's claim that holds the names of roles
 * @param issuers who may issue access tokens
 * @param tenants the tenants that can be commanded, by alias
 * @param keys where keys are
 * @param intake limits
 * @param requester limits of one requester
 * @param streams limits of event streams
 * @param batch limits of batches
 */
@ConfigurationProperties(value = "mandate", ignoreUnknownFields = false)
public record MandateProperties(
        String environment,
        String instance,
        String issuer,
        String audience,
        String rolesClaim,
        List<Issuer> issuers,
        Map<String, Tenant> tenants,
        Keys keys,
        @DefaultValue IntakeLimits intake,
        @DefaultValue RequesterLimits requester,
        @DefaultValue StreamLimits streams,
        @DefaultValue BatchLimits batch) {

    /** @throws IllegalArgumentException naming the first property that is missing or wrong */
    public MandateProperties {
        Required.text("mandate.environment", environment);
        Required.text("mandate.instance", instance);
        Required.uri("mandate.issuer", issuer);
        Required.text("mandate.audience", audience);
        Required.text("mandate.roles-claim", rolesClaim);
        issuers = Required.entries("mandate.issuers", issuers);
        tenants = Required.entries("mandate.tenants", tenants);
        Required.value("mandate.keys", keys);
        Set<String> known =
                Set.copyOf(issuers.stream().map(Issuer::url).distinct().toList());
        tenants.forEach((alias, tenant) -> tenant.issuers().stream()
                .filter(url -> !known.contains(url))
                .findAny()
                .ifPresent(url -> {
                    throw new IllegalArgumentException("mandate.tenants." + alias + ".issuers lists " + url
                            + ", which is not the url of any of mandate.issuers");
                }));
    }

    /**
     * An issuer of access tokens.
     *
     * @param url exactly the {@code iss} of its tokens; its keys are found by OpenID Connect Discovery
     * @param home the tenant where its people are looked up
     */
    public record Issuer(String url, String home) {

        /** @throws IllegalArgumentException naming the first property that is missing or wrong */
        public Issuer {
            Required.uri("mandate.issuers[].url", url);
            Required.text("mandate.issuers[].home", home);
        }
    }

    /**
     * A tenant under management. Its domain and credentials are the worker's business.
     *
     * @param issuers the issuers whose people may command it
     * @param applications whether applications (client-credentials tokens) may
     */
    public record Tenant(
            List<String> issuers, @DefaultValue("false") boolean applications) {

        /** @throws IllegalArgumentException when no issuer is listed */
        public Tenant {
            issuers = Required.entries("mandate.tenants.*.issuers", issuers);
        }
    }

    /**
     * Where keys are.
     *
     * @param ring directory of everybody's public keys
     * @param signing directory of this process's private signing keys
     * @param sealing directory of this process's private keys that open results
     * @param secret file with 32 random bytes that all instances of the intake share
     */
    public record Keys(Path ring, Path signing, Path sealing, Path secret) {

        /** @throws IllegalArgumentException naming the first property that is missing */
        public Keys {
            Required.value("mandate.keys.ring", ring);
            Required.value("mandate.keys.signing", signing);
            Required.value("mandate.keys.sealing", sealing);
            Required.value("mandate.keys.secret", secret);
        }
    }

    /** The tenant of this alias. */
    public Optional<Tenant> tenant(String alias) {
        return Optional.ofNullable(tenants.get(alias));
    }

    /**
     * What the policy may know of a tenant: one that does not exist takes nobody's commands, as one that is not yours.
     */
    public TenantFacts tenantFacts(String alias) {
        return tenant(alias)
                .map(found -> new TenantFacts(alias, found.issuers(), found.applications()))
                .orElseGet(() -> new TenantFacts(alias, List.of(), false));
    }

    /** Whether people of this issuer may command this tenant. */
    public boolean mayCommand(String issuerUrl, String alias) {
        return tenant(alias)
                .filter(tenant -> tenant.issuers().contains(issuerUrl))
                .isPresent();
    }

    private static final class Required {

        static void text(String name, @Nullable String value) {
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException(name + " is missing");
            }
        }

        static void uri(String name, @Nullable String value) {
            text(name, value);
            URI uri = URI.create(String.valueOf(value));
            if (!uri.isAbsolute() || uri.getHost() == null) {
                throw new IllegalArgumentException(name + " is not a complete URL: " + value);
            }
        }

        static void value(String name, @Nullable Object value) {
            if (value == null) {
                throw new IllegalArgumentException(name + " is missing");
            }
        }

        static <T> List<T> entries(String name, @Nullable List<T> values) {
            if (values == null || values.isEmpty()) {
                throw new IllegalArgumentException(name + " needs at least one entry");
            }
            return List.copyOf(values);
        }

        static <T> Map<String, T> entries(String name, @Nullable Map<String, T> values) {
            if (values == null || values.isEmpty()) {
                throw new IllegalArgumentException(name + " needs at least one entry");
            }
            return Map.copyOf(values);
        }
    }
}
