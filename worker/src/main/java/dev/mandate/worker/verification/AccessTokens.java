package dev.mandate.worker.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mandate.contracts.command.AccessTokenClaims;
import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.ReceivedCancellation;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.sealing.Opener;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.sealing.UnsealException;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Requesters' access tokens: opened, verified, and held against what the command copied from them. So the worker
 * believes the person's own issuer, not the intake.
 */
final class AccessTokens {

    /** Asymmetric signatures only, so that no public key can serve as a shared secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** Auth0 says {@code JWT} or, in its RFC 9068 profile, {@code at+jwt}. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    /** Binds a token to a key (RFC 7800 §3.1); from anybody else it is stolen. */
    private static final String CONFIRMATION = "cnf";

    private static final Duration SKEW = Duration.ofSeconds(60);

    private final Map<String, IssuerKeys> issuers;
    private final Opener opener;
    private final Predicate<String> published;
    private final String audience;
    private final String rolesClaim;

    /** One token serves many commands; of what was verified once only key and times are looked at again. */
    private final Cache<String, Verified> verified = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    private record Verified(String keyId, AccessTokenClaims claims, Instant notBefore, Instant expires) {}

    /** @param published whether tokens may be sealed to the key of this name, here or not */
    AccessTokens(
            Map<String, IssuerKeys> issuers,
            Opener opener,
            Predicate<String> published,
            String audience,
            String rolesClaim) {
        this.issuers = Map.copyOf(issuers);
        this.opener = opener;
        this.published = published;
        this.audience = audience;
        this.rolesClaim = rolesClaim;
    }

    /**
     * Verifies the token in a command.
     *
     * @throws RejectedException with {@link RejectionCode#TOKEN_SEALED} or {@link RejectionCode#TOKEN_INVALID}
     * @throws KeysUnavailableException when its issuer's keys can't be had now, or one of ours is not here yet
     */
    AccessTokenClaims verify(ReceivedCommand received) throws RejectedException, KeysUnavailableException {
        Command command = received.command();
        return verify(
                command.requester(),
                SealingContext.token(
                        command.requester().tokenHash(), command.id().value(), command.issuedAt(), command.bind()),
                command.subject(),
                command.clientId(),
                received.appendedAt());
    }

    /**
     * Verifies the token in a cancellation.
     *
     * @throws RejectedException as above
     * @throws KeysUnavailableException as above
     */
    AccessTokenClaims verify(ReceivedCancellation received) throws RejectedException, KeysUnavailableException {
        Cancellation claims = received.cancellation();
        return verify(
                claims.requester(),
                SealingContext.token(
                        claims.requester().tokenHash(), claims.id().value(), claims.issuedAt(), claims.bind()),
                claims.subject(),
                claims.clientId(),
                received.appendedAt());
    }

    private AccessTokenClaims verify(
            Requester requester, SealingContext context, String subject, Optional<String> clientId, Instant appendedAt)
            throws RejectedException, KeysUnavailableException {
        // Each time, whatever is known of the token: it must have been sealed for this very statement.
        String opened = open(requester, context);
        Verified token = verified.getIfPresent(requester.tokenHash());
        if (token == null) {
            token = verify(opened, appendedAt);
            verified.put(requester.tokenHash(), token);
        } else {
            publishedKey(token.claims().issuer(), token.keyId(), appendedAt);
        }
        if (!appendedAt.isBefore(token.expires()) || token.notBefore().isAfter(appendedAt.plus(SKEW))) {
            throw invalid("The token was not valid when the statement was appended");
        }
        if (!token.claims().subject().equals(subject)
                || !token.claims().clientId().equals(clientId)
                || !requester.copies(token.claims())) {
            throw invalid("The statement says something else than its token");
        }
        return token.claims();
    }

    private String open(Requester requester, SealingContext context)
            throws RejectedException, KeysUnavailableException {
        try {
            String token = new String(opener.open(context, requester.sealedToken()), StandardCharsets.UTF_8);
            if (!Hashes.tokenHash(token).equals(requester.tokenHash())) {
                throw invalid("The token is not the one that was hashed");
            }
            return token;
        } catch (UnsealException.KeyMissing e) {
            // A new key is published to those who seal, and arrives here a little later.
            if (published.test(e.kid())) {
                throw new KeysUnavailableException("The key that the token is sealed to is not here yet");
            }
            throw new RejectedException(RejectionCode.TOKEN_SEALED, String.valueOf(e.getMessage()));
        } catch (UnsealException e) {
            throw new RejectedException(RejectionCode.TOKEN_SEALED, String.valueOf(e.getMessage()));
        }
    }

    private Verified verify(String token, Instant appendedAt) throws RejectedException, KeysUnavailableException {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            JWSHeader header = jwt.getHeader();
            requireHeader(header);
            JWK key = publishedKey(String.valueOf(claims.getIssuer()), header.getKeyID(), appendedAt);
            if (!jwt.verify(verifier(key, header.getAlgorithm()))) {
                throw invalid("The token's signature does not fit");
            }
            if (!claims.getAudience().contains(audience)) {
                throw invalid("The token is for another audience");
            }
            if (claims.getClaim(CONFIRMATION) != null) {
                throw invalid("The token is bound to a key, and a command can't prove that its requester holds it");
            }
            Date expires = claims.getExpirationTime();
            if (expires == null) {
                throw invalid("The token never expires");
            }
            Date notBefore = claims.getNotBeforeTime() == null ? claims.getIssueTime() : claims.getNotBeforeTime();
            return new Verified(
                    header.getKeyID(),
                    AccessTokenClaims.from(claims.getClaims(), rolesClaim),
                    notBefore == null ? Instant.EPOCH : notBefore.toInstant(),
                    expires.toInstant());
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            throw invalid("The token can't be read");
        }
    }

    /** The key, if the issuer is one of ours and publishes it still. */
    private JWK publishedKey(String issuer, String keyId, Instant appendedAt)
            throws RejectedException, KeysUnavailableException {
        IssuerKeys keys = issuers.get(issuer);
        if (keys == null) {
            throw invalid("The token's issuer is not one of ours");
        }
        return keys.find(keyId, appendedAt).orElseThrow(() -> invalid("The token's issuer has no such key"));
    }

    private static void requireHeader(JWSHeader header) throws RejectedException {
        JOSEObjectType type = header.getType();
        if (!ALGORITHMS.contains(header.getAlgorithm())
                || header.getKeyID() == null
                || header.getCriticalParams() != null
                || type == null
                || !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
            throw invalid("The token's header is not that of an access token");
        }
    }

    private static JWSVerifier verifier(JWK key, JWSAlgorithm algorithm) throws JOSEException, RejectedException {
        if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm)) {
            throw invalid("The token's algorithm is not its key's");
        }
        return switch (key) {
            case RSAKey rsa -> new RSASSAVerifier(rsa);
            case ECKey ec -> new ECDSAVerifier(ec);
            default -> throw invalid("The token's key is of an unknown kind");
        };
    }

    private static RejectedException invalid(String detail) {
        return new RejectedException(RejectionCode.TOKEN_INVALID, detail);
    }
}
