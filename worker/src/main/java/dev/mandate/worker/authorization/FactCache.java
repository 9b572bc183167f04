package dev.mandate.worker.authorization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mandate.worker.auth0.Auth0Exception;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/**
 * What was looked up about people, for a short while. Answers carry the time at which they were asked for, so that a
 * decision knows how old what it rests on is.
 *
 * @param <V> what is looked up
 */
final class FactCache<V> {

    private final Duration maxAge;
    private final Clock clock;
    private final Map<Key, CompletableFuture<Dated<V>>> asked = new ConcurrentHashMap<>();
    private final Cache<Key, Dated<V>> known;

    /** Somebody or something, in a tenant. */
    record Key(String tenant, String id, String within) {}

    /** A fact and when it was asked for. */
    record Dated<V>(V value, Instant at) {}

    interface Lookup<V> {

        V now() throws Auth0Exception;
    }

    FactCache(Duration maxAge, Clock clock) {
        this.maxAge = maxAge;
        this.clock = clock;
        this.known = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(maxAge)
                .build();
    }

    /**
     * The fact, looked up anew when what is known is as old as it may be, or older.
     *
     * @throws Auth0Exception when it can't be had
     */
    Dated<V> get(Key key, Lookup<V> lookup) throws Auth0Exception {
        Instant now = clock.instant();
        Dated<V> found = known.getIfPresent(key);
        // What was asked for in the future is of a time before the clock was set back, and nobody knows how old.
        if (found != null
                && !now.isBefore(found.at())
                && now.isBefore(found.at().plus(maxAge))) {
            return found;
        }
        var mine = new CompletableFuture<Dated<V>>();
        CompletableFuture<Dated<V>> other = asked.putIfAbsent(key, mine);
        if (other != null) {
            return await(other);
        }
        try {
            var fresh = new Dated<>(lookup.now(), now);
            // Not if it was forgotten meanwhile: it may say what was before.
            if (asked.get(key) == mine) {
                known.put(key, fresh);
            }
            mine.complete(fresh);
            return fresh;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            asked.remove(key, mine);
        }
    }

    /**
     * Many commands of one person ask at once; one of them looks up and the others wait for it, and for no one else.
     */
    private static <V> Dated<V> await(CompletableFuture<Dated<V>> fact) throws Auth0Exception {
        try {
            return fact.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Auth0Exception known) {
                throw known;
            }
            throw new Auth0Exception.Unavailable("upstream.unavailable", "The look-up failed", Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Auth0Exception.Unavailable("upstream.unavailable", "The worker is stopping", Optional.empty());
        }
    }

    /** Forgets all about somebody, because a command has changed them. */
    void forget(String tenant, String id) {
        Predicate<Key> theirs = key -> key.tenant().equals(tenant) && key.id().equals(id);
        asked.keySet().removeIf(theirs);
        known.asMap().keySet().removeIf(theirs);
    }
}
