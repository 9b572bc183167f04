package dev.mandate.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Verifies access tokens (RFC 9068, and Auth0's own form, which says {@code typ: JWT}): form, algorithm, type, issuer,
 * signature, audience, in this order. Time is {@link VerifiedTokens}' business, since it goes on.
 */
final class TokenVerifier {

    /** Public-key algorithms only: {@code none} and shared keys can't come in, whatever a header asks for. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384);

    private static final Set<JOSEObjectType> TYPES =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));

    /** Claims that only ID tokens have (OpenID Connect Core §2, §3.1.3.6, §3.3.2.11). */
    private static final List<String> ID_TOKEN_CLAIMS = List.of("nonce", "at_hash", "c_hash", "s_hash");

    private static final String CONFIRMATION = "cnf";

    private final Map<String, IssuerKeys> issuers;
    private final Map<String, DefaultJWTProcessor<SecurityContext>> processors;
    private final String audience;

    TokenVerifier(List<String> issuers, Function<String, IssuerKeys> keys, String audience) {
        this.issuers = issuers.stream().distinct().collect(Collectors.toUnmodifiableMap(Function.identity(), keys));
        this.processors = this.issuers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> processor(entry.getValue())));
        this.audience = audience;
    }

    private static DefaultJWTProcessor<SecurityContext> processor(IssuerKeys keys) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier((type, context) -> {}); // looked at before, with a code of its own
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        return processor;
    }

    /**
     * Fetches the issuer's keys again if it is time.
     *
     * @throws TokenRefusedException when they are too old to be used, and can't be had
     */
    void requireCurrentKeys(String issuer) {
        Optional.ofNullable(issuers.get(issuer)).ifPresent(IssuerKeys::requireCurrent);
    }

    /**
     * Verifies a token.
     *
     * @return its claims, of which the time has not been looked at
     * @throws TokenRefusedException when anything about it is wrong
     */
    JWTClaimsSet verify(String token) {
        JWSHeader header = header(token);
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw new TokenRefusedException(TokenProblem.ALGORITHM);
        }
        SignedJWT jwt = parse(token);
        JWTClaimsSet claims = claims(jwt);
        if (header.getType() == null
                || !TYPES.contains(header.getType())
                || ID_TOKEN_CLAIMS.stream().anyMatch(claim -> claims.getClaim(claim) != null)) {
            throw new TokenRefusedException(TokenProblem.TYPE);
        }
        DefaultJWTProcessor<SecurityContext> processor =
                claims.getIssuer() == null ? null : processors.get(claims.getIssuer());
        if (processor == null) {
            throw new TokenRefusedException(TokenProblem.ISSUER);
        }
        try {
            processor.process(jwt, null);
        } catch (BadJOSEException | JOSEException e) {
            throw new TokenRefusedException(TokenProblem.SIGNATURE);
        }
        if (!claims.getAudience().contains(audience)) {
            throw new TokenRefusedException(TokenProblem.AUDIENCE);
        }
        if (claims.getClaim(CONFIRMATION) != null) {
            throw new TokenRefusedException(TokenProblem.BOUND);
        }
        return claims;
    }

    /** Reads the header first: a token without a signature is a matter of its algorithm, not of its form. */
    private static JWSHeader header(String token) {
        int dot = token.indexOf('.');
        if (dot < 0) {
            throw new TokenRefusedException(TokenProblem.MALFORMED);
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token.substring(0, dot));
            var header = StrictJson.parseObject(bytes);
            if ("none".equalsIgnoreCase(header.path("alg").stringValue(""))) {
                throw new TokenRefusedException(TokenProblem.ALGORITHM);
            }
            return JWSHeader.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | MalformedJsonException | ParseException e) {
            throw new TokenRefusedException(TokenProblem.MALFORMED);
        }
    }

    private static SignedJWT parse(String token) {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException e) {
            throw new TokenRefusedException(TokenProblem.MALFORMED);
        }
    }

    /** The claims, by the strict parser as well, so that nobody can read a repeated member another way. */
    private static JWTClaimsSet claims(SignedJWT jwt) {
        try {
            StrictJson.parseObject(jwt.getPayload().toBytes());
            return jwt.getJWTClaimsSet();
        } catch (MalformedJsonException | ParseException e) {
            throw new TokenRefusedException(TokenProblem.MALFORMED);
        }
    }
}
