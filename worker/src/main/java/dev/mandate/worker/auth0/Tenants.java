package dev.mandate.worker.auth0;

import dev.mandate.worker.settings.IssuerSettings;
import dev.mandate.worker.settings.WorkerSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tenants under management, and where the people of each issuer are at home. */
public final class Tenants {

    private final Map<String, Tenant> byAlias = new HashMap<>();
    private final Map<String, Tenant> homes = new HashMap<>();

    /**
     * Reads all credentials.
     *
     * @throws IllegalStateException when one can't be read
     */
    public Tenants(WorkerSettings settings) {
        settings.tenants().forEach((alias, tenant) -> byAlias.put(alias, new Tenant(alias, tenant)));
        for (IssuerSettings issuer : settings.issuers()) {
            find(issuer.home()).ifPresent(home -> homes.put(issuer.url(), home));
        }
    }

    /** The tenant of exactly this alias. */
    public Optional<Tenant> find(String alias) {
        return Optional.ofNullable(byAlias.get(alias));
    }

    /** Where an issuer's people are looked up. */
    public Optional<Tenant> home(String issuer) {
        return Optional.ofNullable(homes.get(issuer));
    }

    /** All tenants. */
    public Collection<Tenant> all() {
        return byAlias.values();
    }
}
