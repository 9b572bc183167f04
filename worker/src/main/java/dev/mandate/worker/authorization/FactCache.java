package dev.mandate.worker.authorization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.time.Stopwatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was looked up about people, for a short while. Answers say how long ago they were asked for, so that a decision
 * knows how old what it rests on is.
 *
 * @param <V> what is looked up
 */
final class FactCache<V> {

    private final Duration maxAge;
    private final Supplier<Stopwatch> stopwatches;
    private final Map<Key, CompletableFuture<Dated<V>>> asked = new ConcurrentHashMap<>();
    private final Cache<Somebody, Map<String, Dated<V>>> known;

    /**
     * What is to be known of somebody or something in a tenant.
     *
     * @param within where: an organization's id, or nothing
     */
    record Key(String tenant, String id, String within) {

        private Somebody somebody() {
            return new Somebody(tenant, id);
        }
    }

    private record Somebody(String tenant, String id) {}

    /**
     * A fact.
     *
     * @param since runs since it was asked for
     */
    record Dated<V>(V value, Stopwatch since) {}

    interface Lookup<V> {

        V now() throws Auth0Exception;
    }

    /** @param stopwatches starts them */
    FactCache(Duration maxAge, Supplier<Stopwatch> stopwatches) {
        this.maxAge = maxAge;
        this.stopwatches = stopwatches;
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
        Dated<V> found = known.asMap().getOrDefault(key.somebody(), Map.of()).get(key.within());
        if (found != null && found.since().elapsed().compareTo(maxAge) < 0) {
            return found;
        }
        var mine = new CompletableFuture<Dated<V>>();
        CompletableFuture<Dated<V>> other = asked.putIfAbsent(key, mine);
        if (other != null) {
            return await(other);
        }
        try {
            var since = stopwatches.get();
            var fresh = new Dated<>(lookup.now(), since);
            known.asMap().compute(key.somebody(), (_, all) -> {
                // Not if it was forgotten meanwhile: it may say what was before.
                return asked.get(key) == mine ? with(all, key.within(), fresh) : all;
            });
            mine.complete(fresh);
            return fresh;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            asked.remove(key, mine);
        }
    }

    private static <V> Map<String, Dated<V>> with(@Nullable Map<String, Dated<V>> all, String within, Dated<V> fact) {
        Map<String, Dated<V>> more = all == null ? new HashMap<>() : new HashMap<>(all);
        more.put(within, fact);
        return Map.copyOf(more);
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
        var somebody = new Somebody(tenant, id);
        // First what is being asked, so that nothing of it is kept once the rest is gone.
        asked.keySet().removeIf(key -> key.somebody().equals(somebody));
        known.invalidate(somebody);
    }
}
