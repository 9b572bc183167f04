package dev.mandate.worker.authorization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mandate.worker.auth0.Auth0Exception;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What was looked up about people, for a short while. Answers carry the time at which they were asked for, so that a
 * decision knows how old what it rests on is.
 *
 * @param <V> what is looked up
 */
final class FactCache<V> {

    private static final int LOCKS = 256;

    private final Duration maxAge;
    private final Clock clock;
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
    private final Cache<Key, Dated<V>> known =
            Caffeine.newBuilder().maximumSize(10_000).build();

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
    }

    /**
     * The fact, looked up anew when what is known is as old as it may be, or older.
     *
     * @throws Auth0Exception when it can't be had
     */
    Dated<V> get(Key key, Lookup<V> lookup) throws Auth0Exception {
        ReentrantLock lock = locks.get(Math.floorMod(key.hashCode(), locks.size()));
        lock.lock();
        try {
            return getAlone(key, lookup);
        } finally {
            lock.unlock();
        }
    }

    /** Many commands of one person ask at once; one of them looks up and the others wait for it. */
    private Dated<V> getAlone(Key key, Lookup<V> lookup) throws Auth0Exception {
        Instant now = clock.instant();
        Dated<V> found = known.getIfPresent(key);
        if (found != null && now.isBefore(found.at().plus(maxAge))) {
            return found;
        }
        var fresh = new Dated<>(lookup.now(), now);
        known.put(key, fresh);
        return fresh;
    }

    /** Forgets all about somebody, because a command has changed them. */
    void forget(String tenant, String id) {
        known.asMap()
                .keySet()
                .removeIf(key -> key.tenant().equals(tenant) && key.id().equals(id));
    }
}
