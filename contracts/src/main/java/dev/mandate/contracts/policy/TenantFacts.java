package dev.mandate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What is configured for the tenant under management.
 *
 * @param alias the tenant's name here
 * @param issuers whose people may command it
 * @param applications whether applications may, too
 */
public record TenantFacts(
        @JsonProperty(value = "alias", required = true) String alias,
        @JsonProperty(value = "issuers", required = true) List<String> issuers,

        @JsonProperty(value = "applications", required = true)
        boolean applications) {

    /** Copies the list. */
    public TenantFacts {
        issuers = List.copyOf(issuers);
    }
}
