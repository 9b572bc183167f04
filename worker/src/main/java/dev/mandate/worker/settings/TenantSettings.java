package dev.mandate.worker.settings;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An Auth0 tenant under management.
 *
 * @param url its base URL, such as {@code https://acme.eu.auth0.com}
 * @param managementAudience the audience of its Management API, such as {@code https://acme.eu.auth0.com/api/v2/}
 * @param issuers the issuers whose people may command it
 * @param applications whether applications (client-credentials tokens) may command it
 * @param widerScope what to do with a Management token that has more scopes than were asked for
 * @param credentials the applications that the worker may act as
 */
public record TenantSettings(
        String url,
        String managementAudience,
        @DefaultValue List<String> issuers,
        @DefaultValue("false") boolean applications,
        @DefaultValue("warned") WiderScope widerScope,
        @DefaultValue List<CredentialSettings> credentials) {

    /** Copies the lists. */
    public TenantSettings {
        issuers = List.copyOf(issuers);
        credentials = List.copyOf(credentials);
    }

    /** What to do with a Management token that has more scopes than were asked for. */
    public enum WiderScope {
        /** Use it. */
        ALLOWED,
        /** Use it, and log a warning. */
        WARNED,
        /** Don't use it: the command fails. */
        REFUSED
    }

    void check(String property, List<IssuerSettings> known, WorkerSettings.Problems problems) {
        Urls.checkBase(property + ".url", url, problems);
        problems.requireText(
                property + ".management-audience", managementAudience, "the Management API's audience, …/api/v2/");
        for (int i = 0; i < issuers.size(); i++) {
            String issuer = issuers.get(i);
            if (known.stream().noneMatch(one -> issuer.equals(one.url()))) {
                problems.add(property + ".issuers[" + i + "]", "is not among mandate.issuers, to the last character");
            }
        }
        if (credentials.isEmpty()) {
            problems.add(property + ".credentials", "is empty: the worker could not get a token");
        }
        for (int i = 0; i < credentials.size(); i++) {
            credentials.get(i).check(property + ".credentials[" + i + "]", problems);
        }
    }
}
