package dev.mandate.worker.authorization;

import dev.mandate.contracts.command.AccessTokenClaims;
import dev.mandate.contracts.policy.RequesterFacts;
import dev.mandate.contracts.policy.Standing;
import dev.mandate.worker.auth0.Account;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.auth0.Directory;
import dev.mandate.worker.auth0.OrganizationGrants;
import dev.mandate.worker.auth0.Tenant;
import dev.mandate.worker.auth0.Tenants;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is true of a requester now: whether the account is there and not blocked, and what it is still granted. What
 * counts is what both the token and the tenant say: the token may ask for less than is granted, and what is granted may
 * have shrunk since.
 */
final class RequesterLookup {

    private final Directory directory;
    private final Tenants tenants;
    private final String audience;

    /** What the tenant says. */
    record Live(Standing standing, Set<String> permissions, Set<String> roles) {

        /** Of somebody who was not looked up. */
        static final Live UNKNOWN = new Live(Standing.UNVERIFIED, Set.of(), Set.of());

        RequesterFacts facts(AccessTokenClaims token) {
            return new RequesterFacts(
                    token.issuer(),
                    token.subject(),
                    token.organization(),
                    token.permissions().stream().filter(permissions::contains).toList(),
                    List.copyOf(roles),
                    token.application(),
                    standing);
        }
    }

    RequesterLookup(Directory directory, Tenants tenants, String audience) {
        this.directory = directory;
        this.tenants = tenants;
        this.audience = audience;
    }

    /** Where the requester is looked up: the home of the token's issuer. */
    Tenant home(AccessTokenClaims token) throws Auth0Exception {
        return tenants.home(token.issuer())
                .orElseThrow(() -> new Auth0Exception.Refused(
                        "authorization.no_home", "The issuer's people are at home in no tenant"));
    }

    Live now(AccessTokenClaims token) throws Auth0Exception {
        Tenant home = home(token);
        if (token.application()) {
            return application(home, token);
        }
        Optional<Account> account = directory.account(home, token.subject());
        if (account.isEmpty()) {
            return new Live(Standing.GONE, Set.of(), Set.of());
        }
        if (account.get().blocked()) {
            return new Live(Standing.BLOCKED, Set.of(), Set.of());
        }
        if (token.organization().isEmpty()) {
            return new Live(Standing.ACTIVE, directory.permissions(home, token.subject(), audience), Set.of());
        }
        return member(home, token.organization().get(), token.subject());
    }

    private Live member(Tenant home, String organization, String subject) throws Auth0Exception {
        Collection<String> memberships = directory.organizations(home, subject);
        if (!memberships.contains(organization)) {
            return new Live(Standing.ACTIVE, Set.of(), Set.of());
        }
        OrganizationGrants grants = directory.organizationGrants(home, organization, subject, audience);
        return new Live(Standing.ACTIVE, grants.permissions(), grants.roles());
    }

    /**
     * An application has no account; what it may is what its client grant says. Nothing says whether the application
     * itself is still there, so its standing stays unverified; a deleted application has no grant any more.
     */
    private Live application(Tenant home, AccessTokenClaims token) throws Auth0Exception {
        Set<String> grant = token.clientId().isPresent()
                ? directory.clientGrant(home, token.clientId().get(), audience)
                : Set.of();
        return new Live(Standing.UNVERIFIED, grant, Set.of());
    }
}
