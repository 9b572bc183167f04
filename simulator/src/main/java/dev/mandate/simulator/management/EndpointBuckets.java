package dev.mandate.simulator.management;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The buckets of operations that have a limit of their own, beside that of the whole tenant. */
public final class EndpointBuckets {

    private final Clock clock;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** There are none yet. */
    public EndpointBuckets(Clock clock) {
        this.clock = clock;
    }

    /** Gives these operations a full bucket, which they share. */
    public void limit(Set<String> actions, RateLimit limit) {
        var bucket = new Bucket(limit, clock);
        actions.forEach(action -> buckets.put(action, bucket));
    }

    Optional<Bucket> of(String action) {
        return Optional.ofNullable(buckets.get(action));
    }
}
