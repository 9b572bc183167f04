package dev.mandate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the requester.
 *
 * @param issuer the issuer of the access token
 * @param subject the token's subject
 * @param organization the organization through which the person logged in
 * @param permissions of the company's own API: the token's, at the worker only those that are still granted
 * @param roles by name
 * @param application whether it is no person but an application (a client-credentials token)
 * @param standing of the account
 */
public record RequesterFacts(
        @JsonProperty(value = "issuer", required = true) String issuer,
        @JsonProperty(value = "subject", required = true) String subject,
        @JsonProperty("organization") Optional<String> organization,

        @JsonProperty(value = "permissions", required = true)
        List<String> permissions,

        @JsonProperty(value = "roles", required = true) List<String> roles,

        @JsonProperty(value = "application", required = true)
        boolean application,

        @JsonProperty(value = "standing", required = true) Standing standing) {

    /** Copies the lists, sorted, so that equal facts are equal whatever order they came in. */
    public RequesterFacts {
        permissions = permissions.stream().distinct().sorted().toList();
        roles = roles.stream().distinct().sorted().toList();
    }
}
