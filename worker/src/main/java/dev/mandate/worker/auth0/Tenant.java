package dev.mandate.worker.auth0;

import dev.mandate.worker.settings.TenantSettings;
import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An Auth0 tenant under management: where it is, and as whom the worker acts there. */
public final class Tenant {

    private final String alias;
    private final String url;
    private final TenantSettings settings;
    private final List<Credential> credentials;

    Tenant(String alias, TenantSettings settings) {
        this.alias = alias;
        this.url = settings.url().endsWith("/")
                ? settings.url().substring(0, settings.url().length() - 1)
                : settings.url();
        this.settings = settings;
        this.credentials = settings.credentials().stream().map(Credential::read).toList();
    }

    /** The tenant's name here. */
    public String alias() {
        return alias;
    }

    /** The base of the Management API, without a slash at its end. */
    public URI managementApi() {
        return URI.create(url + "/api/v2");
    }

    /** Whose people may command it. */
    public List<String> issuers() {
        return settings.issuers();
    }

    /** Whether applications may command it, too. */
    public boolean applications() {
        return settings.applications();
    }

    String url() {
        return url;
    }

    String managementAudience() {
        return settings.managementAudience();
    }

    TenantSettings.WiderScope widerScope() {
        return settings.widerScope();
    }

    /** The narrowest credential that covers these scopes. */
    Optional<Credential> credential(Collection<String> scopes) {
        return credentials.stream()
                .filter(credential -> credential.covers(scopes))
                .min(Comparator.comparingInt(Credential::breadth));
    }

    @Override
    public String toString() {
        return "tenant " + alias;
    }
}
