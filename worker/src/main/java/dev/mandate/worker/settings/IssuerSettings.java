package dev.mandate.worker.settings;

import java.util.Map;

/**
 * An issuer of people's access tokens.
 *
 * @param url exactly the {@code iss} of its tokens; its keys are found by OpenID Connect discovery below it
 * @param home the tenant where its people are looked up
 */
public record IssuerSettings(String url, String home) {

    void check(String property, Map<String, TenantSettings> tenants, WorkerSettings.Problems problems) {
        Urls.check(property + ".url", url, problems);
        if (home == null || !tenants.containsKey(home)) {
            problems.add(
                    property + ".home", "must name one of mandate.tenants, where the issuer's people are looked up");
        }
    }
}
