package dev.mandate.api.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One issuer's public keys. They are fetched when first needed, again when they are older than the configured age, and
 * at once, though not more often than every {@link #MIN_AGE}, when a token names a key that is not among them. While
 * the issuer is away the last ones stay in use for {@link #MAX_OUTAGE}; if there never were any, it is asked again
 * every {@link #BETWEEN_TRIES}, and nobody waits for that but who asks. Whenever the keys are found to be others than
 * before, a listener hears of it.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

    static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    static final Duration MIN_AGE = Duration.ofSeconds(5);
    static final Duration MAX_OUTAGE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private final String issuer;
    private final KeySetFetcher fetcher;
    private final Clock clock;
    private final Duration maxAge;
    private final Runnable onRotation;
    private final ReentrantLock fetching = new ReentrantLock();

    private volatile @Nullable Snapshot snapshot;
    private volatile Instant triedAt = Instant.MIN;

    private record Snapshot(JWKSet keys, Instant fetchedAt) {}

    IssuerKeys(String issuer, KeySetFetcher fetcher, Clock clock, Duration maxAge, Runnable onRotation) {
        this.issuer = issuer;
        this.fetcher = fetcher;
        this.clock = clock;
        this.maxAge = maxAge;
        this.onRotation = onRotation;
    }

    /**
     * Selects keys for a token.
     *
     * @throws TokenRefusedException when the keys can't be had
     */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        refreshIfStale();
        List<JWK> found = selector.select(current().keys);
        if (found.isEmpty()) {
            refresh(MIN_AGE);
            found = selector.select(current().keys);
        }
        return found;
    }

    /**
     * Looks at the issuer's keys again if they are older than the configured age: also when no new token comes.
     *
     * @throws TokenRefusedException when those that are known may not be used any longer
     */
    void requireCurrent() {
        refreshIfStale();
        current();
    }

    private void refreshIfStale() {
        Snapshot seen = snapshot;
        if (seen == null || !clock.instant().isBefore(seen.fetchedAt.plus(maxAge))) {
            refresh(seen == null ? BETWEEN_TRIES : MIN_AGE);
        }
    }

    private Snapshot current() {
        Snapshot current = snapshot;
        if (current == null
                || clock.instant().isAfter(current.fetchedAt.plus(maxAge).plus(MAX_OUTAGE))) {
            throw new TokenRefusedException(TokenProblem.ISSUER_UNAVAILABLE);
        }
        return current;
    }

    /** One caller fetches. Others go on with what there is; only for the very first answer or failure they wait. */
    private void refresh(Duration pause) {
        boolean first = triedAt.equals(Instant.MIN);
        if (first) {
            fetching.lock();
        } else if (!fetching.tryLock()) {
            return;
        }
        try {
            if (triedAt.equals(Instant.MIN) || !first && !clock.instant().isBefore(triedAt.plus(pause))) {
                fetch();
            }
        } finally {
            fetching.unlock();
        }
    }

    private void fetch() {
        try {
            Instant now = clock.instant();
            replace(fetcher.fetch(issuer).toPublicJWKSet(), now);
        } catch (IOException | RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("issuer", issuer)
                    .addKeyValue("reason", e.getClass().getSimpleName())
                    .log("Issuer's keys can't be fetched");
        } finally {
            // The pause begins now: one that takes long to fail is not asked again at once.
            triedAt = clock.instant();
        }
    }

    private void replace(JWKSet keys, Instant now) {
        Snapshot before = snapshot;
        snapshot = new Snapshot(keys, now);
        if (before != null && !before.keys.equals(keys)) {
            LOG.atInfo().addKeyValue("issuer", issuer).log("Issuer's keys rotated");
            onRotation.run();
        }
    }
}
