package dev.mandate.simulator.management;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The tenant's token bucket for the Management API, and what its answers say of it. */
public final class Bucket {

    private static final String TEXT =
            "Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and" + " X-RateLimit-Reset headers";

    private final Clock clock;
    private RateLimit limit;
    private double tokens;
    private Instant filled;

    /** A full bucket. */
    public Bucket(RateLimit limit, Clock clock) {
        this.clock = clock;
        this.limit = limit;
        this.tokens = limit.burst();
        this.filled = clock.instant();
    }

    /** Puts another limit in force, with a full bucket. */
    public synchronized void limit(RateLimit other) {
        limit = other;
        tokens = other.burst();
        filled = clock.instant();
    }

    /** What one request meets. */
    record Passage(boolean allowed, Map<String, String> headers) {}

    synchronized Passage pass() {
        Instant now = clock.instant();
        double seconds = Math.max(0, Duration.between(filled, now).toNanos() / 1e9);
        tokens = Math.min(limit.burst(), tokens + seconds * limit.perSecond());
        filled = now;
        boolean allowed = tokens >= 1;
        if (allowed) {
            tokens--;
        }
        return new Passage(allowed, headers(now));
    }

    /** The 429 that Auth0 would answer; the bucket itself stays as it is. */
    public synchronized Response exhausted() {
        Instant reset = clock.instant().plusSeconds(1);
        return refusal(headers(0, reset.getEpochSecond()));
    }

    static Response refusal(Map<String, String> headers) {
        return Response.json(
                        429,
                        Json.object()
                                .put("statusCode", 429)
                                .put("error", "Too Many Requests")
                                .put("message", TEXT)
                                .put("errorCode", "too_many_requests"))
                .with(headers);
    }

    /** The reset is the second in which at least one more request may pass. */
    private Map<String, String> headers(Instant now) {
        double missing = Math.max(0, 1 - tokens) / limit.perSecond();
        long reset = (long) Math.ceil(now.toEpochMilli() / 1e3 + missing);
        return headers((int) tokens, reset);
    }

    private Map<String, String> headers(int remaining, long reset) {
        return Map.of(
                "x-ratelimit-limit", Integer.toString(limit.burst()),
                "x-ratelimit-remaining", Integer.toString(remaining),
                "x-ratelimit-reset", Long.toString(reset));
    }
}
