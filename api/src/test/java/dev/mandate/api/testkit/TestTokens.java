package dev.mandate.api.testkit;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What access tokens say: people of the demo, and what a test changes about them.
 *
 * @param changes claims beside the usual ones; a null removes a claim
 */
public record TestTokens(Map<String, Object> changes) {

    public static final String AUDIENCE = "https://mandate.example/api";
    public static final String ROLES = "https://mandate.example/roles";

    /** Support: may read users. */
    public static TestTokens support() {
        return of("auth0|sam", List.of("read:users"));
    }

    /** An administrator: may read, update, create and delete users, and set passwords. */
    public static TestTokens administrator() {
        return of(
                "auth0|ada",
                List.of("read:users", "update:users", "create:users", "delete:users", "users.update:password"));
    }

    /** Somebody with these permissions. */
    public static TestTokens of(String subject, List<String> permissions) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", subject);
        claims.put("permissions", permissions);
        return new TestTokens(claims);
    }

    /** The same with another claim; null removes it. */
    public TestTokens with(String claim, Object value) {
        var claims = new LinkedHashMap<>(changes);
        claims.put(claim, value);
        return new TestTokens(claims);
    }

    /** The same, expiring then. */
    public TestTokens expiring(Instant at) {
        return with("exp", Date.from(at));
    }

    JWTClaimsSet claims(String issuer) {
        Instant now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(List.of(AUDIENCE))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3600)))
                .claim("azp", "console")
                .claim(ROLES, List.of("support"))
                .claim("auth_time", now.minusSeconds(300).getEpochSecond())
                .claim("amr", List.of("pwd", "mfa"));
        changes.forEach(claims::claim);
        return claims.build();
    }
}
