package dev.mandate.worker.limits;

import dev.mandate.contracts.topic.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One worker's share of a bucket of requests that many workers draw from, without a word between them. All they know of
 * each other is what every answer says: how many requests are left.
 *
 * <p>Each sends at a rate of {@code share × limit ÷ 3 s × x² ÷ (1 − x)}, where {@code x} is how full the bucket seems.
 * So they get what they are due in proportion to their shares, and the bucket comes to rest at the level at which all
 * of them together send what flows into it, which nobody needs to know: that is somewhere in the middle, where nothing
 * runs over and nobody is refused. Where others don't use their share, the level rises until those who send use all of
 * it. The bulk lane sees only what is above a reserve, so that level is always higher for the interactive lane.
 *
 * <p>Between answers the level is what was left by the last one, less what was sent since, more what flowed in at the
 * rate that was last observed. A refusal empties the bucket, and stops all until Auth0's time is over.
 */
final class RateShare {

    /** The flow into the bucket that gives the formula its scale: as Auth0's limits are, it fills within seconds. */
    private static final double FILLS_IN = 3;

    /** What a worker expects to flow in before it has observed anything, and at least: all of it within this time. */
    private static final double FILLS_FIRST_IN = 15;

    private static final double FILLS_LAST_IN = 60;

    /** The part of the bucket that the bulk lane leaves alone. */
    private static final double RESERVE = 0.25;

    /** What is left is told in whole requests, rounded down. */
    private static final double ROUNDED = 0.25;

    /** An observation of the flow takes so long at least, and counts for so much. */
    private static final double OBSERVED_FOR = 1;

    private static final double WEIGHT = 0.3;

    /** A bucket that is found full can't show how much would have flowed in. */
    private static final double FASTER = 1.5;

    /** What was seen this long ago may have changed; no more than half of the bucket is hoped for. */
    private static final double FRESH = 1;

    /** Sent at this rate until an answer tells the limit. */
    private static final double UNTOLD = 5;

    /** How far the pace may fall behind and be caught up with, as it does where permits are given in turns. */
    private static final double SLACK = 0.02;

    private static final double LONGEST_WAIT = 0.25;

    private final Clock clock;
    private final Instant origin;
    private boolean unlimited;
    private double limit;
    private double left;
    private double leftAt;
    private double flow = -1;
    private double observedSince = -1;
    private double observedLeft;
    private long observedNumber;
    private double paced = -FILLS_LAST_IN;
    private double pausedAt;
    private double pausedFor;
    private long sent;
    private long answered;

    RateShare(Clock clock) {
        this.clock = clock;
        this.origin = clock.instant();
    }

    /**
     * Takes a permit to send one request soon.
     *
     * @param share the part of the limit that is this worker's, above 0 and at most 1
     * @return empty if it is given, else how long to wait before asking again
     */
    synchronized Optional<Duration> take(Lane lane, double share) {
        Optional<Duration> pause = pause();
        if (pause.isPresent()) {
            return pause;
        }
        double now = now();
        // The clock may have been set back.
        paced = Math.min(paced, now);
        double due = unlimited ? now : paced + 1 / rate(lane, share, now);
        if (due > now) {
            return Optional.of(duration(Math.min(due - now, LONGEST_WAIT)));
        }
        paced = Math.max(due, now - SLACK);
        left--;
        return Optional.empty();
    }

    /** How long Auth0 has asked for a pause that is not over. */
    synchronized Optional<Duration> pause() {
        double since = now() - pausedAt;
        return since >= 0 && since < pausedFor ? Optional.of(duration(pausedFor - since)) : Optional.empty();
    }

    private double rate(Lane lane, double share, double now) {
        if (limit == 0) {
            return UNTOLD;
        }
        double reserve = lane == Lane.BULK ? RESERVE : 0;
        double level = (Math.min((left(share, now) + ROUNDED) / limit, 1) - reserve) / (1 - reserve);
        double safe = Math.clamp(level, 1e-6, 1 - 1e-6);
        return share * limit / FILLS_IN * safe * safe / (1 - safe);
    }

    private double left(double share, double now) {
        double age = Math.max(0, now - leftAt);
        double assumed = flow < 0 ? share * limit / FILLS_FIRST_IN : Math.max(flow, share * limit / FILLS_LAST_IN);
        double hoped = Math.min(limit, left + age * assumed);
        return age > FRESH ? Math.min(hoped, Math.max(left, limit / 2)) : hoped;
    }

    /** Notes that a request is sent; the number is to be given back with its answer. */
    synchronized long sent() {
        return ++sent;
    }

    /** Notes an answer that says nothing of limits. */
    synchronized void answered() {
        unlimited = limit == 0;
    }

    /**
     * Notes what an answer says.
     *
     * @param number its request's
     * @param allowed whether the request was let through
     * @param bucket how many requests there can be at once
     * @param remaining how many were left after it
     */
    synchronized void answered(long number, boolean allowed, int bucket, int remaining) {
        unlimited = false;
        if (number < answered) {
            // A later request has told more already.
            return;
        }
        double now = now();
        if (allowed && limit == bucket) {
            observe(number, remaining, now);
        } else {
            observedSince = -1;
        }
        answered = number;
        limit = bucket;
        left = Math.max(0, (double) remaining - (sent - number));
        leftAt = now;
    }

    /** How much flows in beside what others draw out. */
    private void observe(long number, int remaining, double now) {
        double time = now - observedSince;
        if (observedSince >= 0 && time < OBSERVED_FOR) {
            return;
        }
        if (observedSince >= 0) {
            double seen = Math.max(0, (remaining - observedLeft + (number - observedNumber)) / time);
            double likely = remaining >= limit - 1 ? FASTER * Math.max(seen, flow) : seen;
            flow = flow < 0 ? likely : flow + WEIGHT * (likely - flow);
        }
        observedSince = now;
        observedLeft = remaining;
        observedNumber = number;
    }

    /** Stops all for a while, since Auth0 refused a request. */
    synchronized void refused(Duration wait) {
        double now = now();
        if (pausedAt > now || now + seconds(wait) > pausedAt + pausedFor) {
            pausedAt = now;
            pausedFor = seconds(wait);
        }
        left = 0;
        leftAt = now;
        observedSince = -1;
    }

    /** How many requests seem to be left; not a number before Auth0 has told. */
    synchronized double remaining() {
        return limit == 0 ? Double.NaN : left;
    }

    private double now() {
        return seconds(Duration.between(origin, clock.instant()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.max(1, (long) (seconds * TimeUnit.SECONDS.toNanos(1))));
    }
}
