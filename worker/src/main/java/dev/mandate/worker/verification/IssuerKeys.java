package dev.mandate.worker.verification;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import dev.mandate.worker.time.Stopwatch;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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
    private final Supplier<Stopwatch> stopwatches;
    private volatile Optional<Published> known = Optional.empty();
    private Optional<Stopwatch> sinceTried = Optional.empty();

    /**
     * What the issuer published when it was last asked.
     *
     * @param since runs since it was asked
     */
    private record Published(Map<String, JWK> byName, Stopwatch since) {

        /** @param used how long ago a token was in use */
        boolean saysNothing(String kid, Duration used) {
            return !byName.containsKey(kid) && since.elapsed().compareTo(used) >= 0;
        }

        boolean isOlderThan(Duration age) {
            return since.elapsed().compareTo(age) > 0;
        }
    }

    /** @param stopwatches starts them */
    IssuerKeys(String issuer, KeySource source, Clock clock, Supplier<Stopwatch> stopwatches) {
        this.issuer = issuer;
        this.source = source;
        this.clock = clock;
        this.stopwatches = stopwatches;
    }

    /**
     * The key of this name; empty only if the issuer published none when it was asked after {@code since}.
     *
     * @param since when the token was in use: keys fetched before prove nothing about one that is missing
     * @throws KeysUnavailableException when it can't be told
     */
    Optional<JWK> find(String kid, Instant since) throws KeysUnavailableException {
        if (known.filter(keys -> !keys.isOlderThan(REFRESH) && !keys.saysNothing(kid, ago(since)))
                .isEmpty()) {
            refresh();
        }
        Published keys = known.filter(all -> !all.isOlderThan(GRACE) && !all.saysNothing(kid, ago(since)))
                .orElseThrow(() -> new KeysUnavailableException("The keys of an issuer can't be fetched now"));
        return Optional.ofNullable(keys.byName().get(kid));
    }

    private Duration ago(Instant since) {
        return Duration.between(since, clock.instant());
    }

    /** Only one asks, and nobody waits for it: what is known serves meanwhile, and who needs more comes back. */
    private void refresh() {
        if (!asking.tryLock()) {
            return;
        }
        try {
            if (sinceTried.filter(since -> since.elapsed().compareTo(PAUSE) < 0).isEmpty()) {
                fetch();
                // An issuer that is slow to say no is not asked without a pause, either.
                sinceTried = Optional.of(stopwatches.get());
            }
        } finally {
            asking.unlock();
        }
    }

    private void fetch() {
        try {
            Stopwatch since = stopwatches.get();
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
            known = Optional.of(new Published(Map.copyOf(published), since));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("issuer", issuer)
                    .addKeyValue("reason", e.getMessage())
                    .log("Issuer's keys can't be fetched");
        }
    }
}
