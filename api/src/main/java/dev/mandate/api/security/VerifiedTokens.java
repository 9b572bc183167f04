package dev.mandate.api.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mandate.contracts.command.AccessTokenClaims;
import dev.mandate.contracts.signing.Hashes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Remembers tokens that were verified, since verifying costs more than all the rest of a request. The memory is
 * bounded, keyed by the tokens' hashes, and emptied when an issuer's keys rotate; {@code exp} and {@code nbf} are
 * looked at each time.
 *
 * <p>A token that expires is refused at once, without allowance for clocks that differ: the worker verifies it again
 * when the command is in the log.
 */
final class VerifiedTokens {

    private final TokenVerifier verifier;
    private final String rolesClaim;
    private final Clock clock;
    private final Duration clockSkew;
    private final Cache<String, Verified> cache;
    private final AtomicLong keyGeneration;

    /** A token, and the generation of keys that it was verified under. */
    private record Verified(Caller caller, Instant notBefore, long keyGeneration) {}

    /** @param verifier makes the verifier, given what it shall call when an issuer's keys rotate */
    VerifiedTokens(
            Function<Runnable, TokenVerifier> verifier,
            String rolesClaim,
            Clock clock,
            Duration clockSkew,
            int capacity) {
        this.rolesClaim = rolesClaim;
        this.clock = clock;
        this.clockSkew = clockSkew;
        this.cache = Caffeine.newBuilder().maximumSize(capacity).recordStats().build();
        AtomicLong generation = new AtomicLong();
        this.keyGeneration = generation;
        Cache<String, Verified> emptied = cache;
        this.verifier = verifier.apply(() -> {
            // The number first: what is verified under the old keys at this moment must not be remembered.
            generation.incrementAndGet();
            emptied.invalidateAll();
        });
    }

    /**
     * Who presents this token.
     *
     * @throws TokenRefusedException when it is refused
     */
    Caller caller(String token) {
        String hash = Hashes.tokenHash(token);
        Verified known = cache.getIfPresent(hash);
        if (known != null) {
            verifier.requireCurrentKeys(known.caller.issuer());
        }
        if (known == null || known.keyGeneration != keyGeneration.get()) {
            known = verify(token, hash);
            requireInTime(known);
            cache.put(hash, known);
        } else {
            requireInTime(known);
        }
        return known.caller;
    }

    /** The memory, for metrics. */
    Cache<String, ?> cache() {
        return cache;
    }

    private Verified verify(String token, String hash) {
        long generation = keyGeneration.get();
        JWTClaimsSet claims = verifier.verify(token);
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            throw new TokenRefusedException(TokenProblem.MALFORMED);
        }
        Instant notBefore = Optional.ofNullable(claims.getNotBeforeTime())
                .map(Date::toInstant)
                .orElse(Instant.MIN);
        try {
            var caller = new Caller(
                    AccessTokenClaims.from(claims.getClaims(), rolesClaim), expires.toInstant(), hash, token);
            return new Verified(caller, notBefore, generation);
        } catch (IllegalArgumentException e) {
            throw new TokenRefusedException(TokenProblem.MALFORMED);
        }
    }

    private void requireInTime(Verified token) {
        Instant now = clock.instant();
        if (!now.isBefore(token.caller.expiresAt())) {
            throw new TokenRefusedException(TokenProblem.EXPIRED);
        }
        if (now.plus(clockSkew).isBefore(token.notBefore)) {
            throw new TokenRefusedException(TokenProblem.NOT_YET_VALID);
        }
    }
}
