package dev.mandate.bench.upstream;

import dev.mandate.bench.upstream.HttpServer.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A token bucket for all requests to the Management API, as Auth0 has one, with the headers by which it tells what is
 * left. It counts who asks while told to wait.
 */
final class Allowance {

    /** What was sent before a refusal could be read is nobody's fault. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(100);

    private static final byte[] REFUSAL =
            "{\"statusCode\":429,\"error\":\"Too Many Requests\",\"errorCode\":\"too_many_requests\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private Conduct conduct = Conduct.taking(Duration.ZERO);
    private double tokens;
    private Instant filled = Instant.EPOCH;
    private Instant heedlessFrom = Instant.MAX;
    private Instant heedlessUntil = Instant.MIN;
    private long passed;
    private long refused;
    private long heedless;

    /** From now on, with a full bucket, and counting from zero. */
    synchronized void follow(Conduct other, Instant now) {
        conduct = other;
        tokens = other.burst();
        filled = now;
        heedlessFrom = Instant.MAX;
        heedlessUntil = Instant.MIN;
        passed = 0;
        refused = 0;
        heedless = 0;
    }

    /** Whether a request may pass, and what its answer says of that. */
    synchronized Passage pass(Instant now) {
        if (conduct.perSecond() == 0) {
            passed++;
            return new Passage(true, List.of());
        }
        double seconds = Duration.between(filled, now).toNanos() / 1e9;
        tokens = Math.min(conduct.burst(), tokens + seconds * conduct.perSecond());
        filled = now;
        if (now.isAfter(heedlessFrom) && now.isBefore(heedlessUntil)) {
            heedless++;
        }
        boolean allowed = tokens >= 1;
        if (allowed) {
            tokens--;
        }
        long reset = reset(now);
        if (allowed) {
            passed++;
        } else {
            refused++;
            if (now.isAfter(heedlessUntil)) {
                heedlessFrom = now.plus(ON_ITS_WAY);
                heedlessUntil = Instant.ofEpochSecond(reset);
            }
        }
        return new Passage(
                allowed,
                List.of(
                        "x-ratelimit-limit: " + conduct.burst(),
                        "x-ratelimit-remaining: " + (int) tokens,
                        "x-ratelimit-reset: " + reset));
    }

    /** The second in which at least one more request may pass. */
    private long reset(Instant now) {
        double missing = Math.max(0, 1 - tokens) / conduct.perSecond();
        return (long) Math.ceil(now.toEpochMilli() / 1e3 + missing);
    }

    synchronized Limited limited() {
        return new Limited(passed, refused, heedless);
    }

    /** What a request that does not pass is answered. */
    static Answer refusal(Passage passage) {
        return new Answer(429, REFUSAL, passage.headers());
    }

    /**
     * What one request meets.
     *
     * @param headers what the answer says of the limit
     */
    record Passage(boolean allowed, List<String> headers) {}
}
