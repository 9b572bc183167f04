package dev.mandate.api.status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.nav.security.mock.oauth2.MockOAuth2Server;

/** Somebody with an access token from an issuer that we did not write. */
public record TestPerson(
        MockOAuth2Server server,
        String issuerId,
        String subject,
        List<String> permissions,
        Optional<String> organization) {

    TestPerson(MockOAuth2Server server, String issuerId, String subject) {
        this(server, issuerId, subject, List.of(), Optional.empty());
    }

    public TestPerson with(String... more) {
        return new TestPerson(server, issuerId, subject, List.of(more), organization);
    }

    public TestPerson in(String organizationId) {
        return new TestPerson(server, issuerId, subject, permissions, Optional.of(organizationId));
    }

    public String issuer() {
        return server.issuerUrl(issuerId).toString();
    }

    public String token() {
        return token(3600);
    }

    public String token(long seconds) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("permissions", permissions);
        claims.put("azp", "console");
        organization.ifPresent(id -> claims.put("org_id", id));
        return server.issueToken(issuerId, subject, Stage.AUDIENCE, claims, seconds)
                .serialize();
    }
}
