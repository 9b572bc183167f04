package dev.mandate.worker.verification;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of one issuer of access tokens: those that it publishes, and no others. They are fetched anew every
 * {@link #REFRESH}, and when one is unknown, though no more than once per {@link #PAUSE}. So a key that its issuer has
 * withdrawn is taken no longer than {@link #REFRESH}; while the issuer can't be reached, no longer than {@link #GRACE}.
 */
final class IssuerKeys {

    static final Duration REFRESH = Duration.ofMinutes(5);
    static final Duration PAUSE = Duration.ofSeconds(5);
    static final Duration GRACE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private final String issuer;
    private final KeySource source;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Published known = new Published(Map.of(), Instant.EPOCH);
    private Instant triedAt = Instant.EPOCH;

    /** What the issuer published when it was last asked. */
    private record Published(Map<String, JWK> byName, Instant at) {

        boolean saysNothing(String kid, Instant since) {
            return !byName.containsKey(kid) && !at.isAfter(since);
        }
    }

    IssuerKeys(String issuer, KeySource source, Clock clock) {
        this.issuer = issuer;
        this.source = source;
        this.clock = clock;
    }

    /**
     * The key of this name; empty only if the issuer published none when it was asked after {@code since}.
     *
     * @param since when the token was in use: keys fetched before prove nothing about one that is missing
     * @throws KeysUnavailableException when it can't be told
     */
    Optional<JWK> find(String kid, Instant since) throws KeysUnavailableException {
        Instant now = clock.instant();
        // What was fetched in the future was before the clock was set back, nobody knows how long ago.
        boolean old = now.isAfter(known.at().plus(REFRESH)) || now.isBefore(known.at());
        if (old || known.saysNothing(kid, since)) {
            refresh();
        }
        Published keys = known;
        JWK key = keys.byName().get(kid);
        if (key == null ? keys.saysNothing(kid, since) : now.isAfter(keys.at().plus(GRACE))) {
            throw new KeysUnavailableException("The keys of an issuer can't be fetched now");
        }
        return Optional.ofNullable(key);
    }

    /** Only one asks, and nobody waits for it: what is known serves meanwhile, and who needs more comes back. */
    private void refresh() {
        if (!asking.tryLock()) {
            return;
        }
        try {
            Instant now = clock.instant();
            if (!now.isBefore(triedAt.plus(PAUSE)) || now.isBefore(triedAt)) {
                fetch(now);
                // An issuer that is slow to say no is not asked without a pause, either.
                triedAt = clock.instant();
            }
        } finally {
            asking.unlock();
        }
    }

    private void fetch(Instant now) {
        try {
            Map<String, JWK> published = new HashMap<>();
            for (JWK key : source.fetch().getKeys()) {
                if (key.getKeyID() != null && !key.isPrivate() && !KeyUse.ENCRYPTION.equals(key.getKeyUse())) {
                    published.put(key.getKeyID(), key);
                }
            }
            if (published.isEmpty()) {
                // Nobody withdraws them all; taken for true, it would put every command that waits into quarantine.
                throw new IOException("The issuer publishes no key");
            }
            known = new Published(Map.copyOf(published), now);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("issuer", issuer)
                    .addKeyValue("reason", e.getMessage())
                    .log("Issuer's keys can't be fetched");
        }
    }
}
