package dev.mandate.worker.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything under {@code mandate.*}. Secrets are never values here, only names of files.
 *
 * @param environment names the environment in audiences: {@code prod} gives {@code mandate:prod:worker}
 * @param instance this worker's stable name; two running workers never share one
 * @param issuer the {@code iss} of what this worker signs
 * @param audience the audience of people's access tokens: the identifier of the company's API
 * @param rolesClaim the claim of people's access tokens that holds role names
 * @param issuers who issues people's access tokens
 * @param tenants the Auth0 tenants under management, by alias
 * @param keys directories of keys
 * @param consumption how much is taken on at once
 * @param execution limits of calls to Auth0
 * @param authorization the live re-check
 */
@ConfigurationProperties(value = "mandate", ignoreUnknownFields = false)
public record WorkerSettings(
        String environment,
        String instance,
        String issuer,
        String audience,
        String rolesClaim,
        @DefaultValue List<IssuerSettings> issuers,
        @DefaultValue Map<String, TenantSettings> tenants,
        KeySettings keys,
        @DefaultValue ConsumptionSettings consumption,
        @DefaultValue ExecutionSettings execution,
        @DefaultValue AuthorizationSettings authorization) {

    /**
     * Copies what it is given.
     *
     * @throws IllegalArgumentException when something is missing or contradicts something else; the message names every
     *     problem
     */
    public WorkerSettings {
        var problems = new Problems();
        problems.requireText("mandate.environment", environment, "the environment's name, such as prod");
        problems.requireText("mandate.instance", instance, "this worker's stable name, such as worker-1");
        problems.requireText("mandate.issuer", issuer, "the issuer of what this worker signs");
        problems.requireText("mandate.audience", audience, "the identifier of the company's API");
        problems.requireText("mandate.roles-claim", rolesClaim, "the claim of access tokens that holds role names");
        issuers = List.copyOf(issuers);
        tenants = Map.copyOf(tenants);
        if (issuers.isEmpty()) {
            problems.add("mandate.issuers", "is empty: nobody's access token could be verified");
        }
        if (tenants.isEmpty()) {
            problems.add("mandate.tenants", "is empty: there would be nothing to manage");
        }
        Set<String> urls = new HashSet<>();
        for (int i = 0; i < issuers.size(); i++) {
            issuers.get(i).check("mandate.issuers[" + i + "]", tenants, problems);
            if (!urls.add(issuers.get(i).url())) {
                problems.add("mandate.issuers[" + i + "].url", "is there twice: its people have one home");
            }
        }
        var known = issuers;
        tenants.forEach((alias, tenant) -> tenant.check("mandate.tenants." + alias, known, problems));
        if (keys == null) {
            problems.add("mandate.keys", "is missing: directories of keys");
        } else {
            keys.check(problems);
        }
        problems.throwIfAny();
    }

    /** What is wrong, all of it, so that an operator need not find out one start at a time. */
    static final class Problems {

        private final List<String> found = new ArrayList<>();

        void add(String property, String problem) {
            found.add(property + " " + problem);
        }

        void requireText(String property, String value, String meaning) {
            if (value == null || value.isBlank()) {
                add(property, "is missing: " + meaning);
            }
        }

        void throwIfAny() {
            if (!found.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", found));
            }
        }
    }
}
