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
 * The public keys of one issuer of access tokens. They are fetched anew every {@link #REFRESH} and when one is unknown,
 * though then no more than once per {@link #PAUSE}. A key that is no longer published stays good for {@link #KEPT},
 * because commands wait: a token counts as of when its command was appended.
 */
final class IssuerKeys {

    static final Duration REFRESH = Duration.ofMinutes(10);
    static final Duration PAUSE = Duration.ofSeconds(5);
    static final Duration KEPT = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private final String issuer;
    private final KeySource source;
    private final Clock clock;
    private final Map<String, Known> known = new HashMap<>();
    private Instant triedAt = Instant.EPOCH;
    private Instant fetchedAt = Instant.EPOCH;

    private record Known(JWK key, Instant seenAt) {}

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
        Known key = known.get(kid);
        if (key != null) {
            return Optional.of(key.key());
        }
        if (!fetchedAt.isAfter(since)) {
            throw new KeysUnavailableException("The keys of an issuer can't be fetched now");
        }
        return Optional.empty();
    }

    private void refresh(Instant now) {
        if (now.isBefore(triedAt.plus(PAUSE))) {
            return;
        }
        triedAt = now;
        try {
            for (JWK key : source.fetch().getKeys()) {
                if (key.getKeyID() != null && !key.isPrivate() && !KeyUse.ENCRYPTION.equals(key.getKeyUse())) {
                    known.put(key.getKeyID(), new Known(key, now));
                }
            }
            known.values().removeIf(key -> key.seenAt().isBefore(now.minus(KEPT)));
            fetchedAt = now;
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("issuer", issuer)
                    .addKeyValue("reason", e.getMessage())
                    .log("Issuer's keys can't be fetched");
        }
    }
}
