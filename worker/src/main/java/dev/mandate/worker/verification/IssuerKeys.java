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
    private Map<String, JWK> known = Map.of();
    private Instant triedAt = Instant.EPOCH;
    private Instant fetchedAt = Instant.EPOCH;

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
    synchronized Optional<JWK> find(String kid, Instant since) throws KeysUnavailableException {
        Instant now = clock.instant();
        if (now.isAfter(fetchedAt.plus(REFRESH))) {
            refresh(now);
        }
        if (!known.containsKey(kid) && !fetchedAt.isAfter(since)) {
            refresh(now);
        }
        JWK key = known.get(kid);
        if (key == null ? !fetchedAt.isAfter(since) : now.isAfter(fetchedAt.plus(GRACE))) {
            throw new KeysUnavailableException("The keys of an issuer can't be fetched now");
        }
        return Optional.ofNullable(key);
    }

    private void refresh(Instant now) {
        if (now.isBefore(triedAt.plus(PAUSE))) {
            return;
        }
        triedAt = now;
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
            known = published;
            fetchedAt = now;
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("issuer", issuer)
                    .addKeyValue("reason", e.getMessage())
                    .log("Issuer's keys can't be fetched");
        }
    }
}
