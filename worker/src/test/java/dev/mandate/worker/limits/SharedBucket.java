package dev.mandate.worker.limits;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.topic.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoublePredicate;

/**
 * A token bucket as Auth0 has it, and workers that draw from it and know no more of each other than its answers say.
 * Everything happens in simulated time and by a fixed seed.
 */
final class SharedBucket {

    /** How often a worker looks whether it may go on, as its loop does. */
    private static final double TURN = 0.02;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-24T08:00:00Z"));
    private final Instant origin = clock.instant();
    private final Random random = new Random(7);
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingDouble(Event::at));
    private final List<Worker> workers = new ArrayList<>();
    private final double roundTrip;
    private double burst;
    private double perSecond;
    private double tokens;
    private double filledAt;
    private double lowest = Double.MAX_VALUE;
    private boolean heeded = true;

    private record Event(double at, Runnable then) {}

    /** One worker's calls of one family. */
    final class Worker {

        private final RateShare rates = new RateShare(clock);
        private double share;
        private final Lane lane;
        private final DoublePredicate busy;
        private int passed;
        private int refused;

        private Worker(double share, Lane lane, DoublePredicate busy) {
            this.share = share;
            this.lane = lane;
            this.busy = busy;
        }

        void share(double other) {
            share = other;
        }

        int passed() {
            return passed;
        }

        private void turn() {
            double now = now();
            boolean allowed = busy.test(now) && (rates.take(lane, share).isEmpty() || !heeded);
            if (allowed) {
                long number = rates.sent();
                later(roundTrip * (0.25 + random.nextDouble() / 2), () -> arrive(number));
            }
            later(allowed ? 0.001 : TURN * (0.5 + random.nextDouble()), this::turn);
        }

        private void arrive(long number) {
            double now = now();
            tokens = Math.min(burst, tokens + (now - filledAt) * perSecond);
            filledAt = now;
            boolean allowed = tokens >= 1;
            if (allowed) {
                tokens--;
                passed++;
            } else {
                refused++;
            }
            int remaining = (int) tokens;
            lowest = Math.min(lowest, tokens);
            int limit = (int) burst;
            double reset = Math.ceil(now + Math.max(0, 1 - tokens) / perSecond) - now;
            later(roundTrip * (0.25 + random.nextDouble() / 2), () -> {
                rates.answered(number, allowed, limit, remaining);
                if (!allowed) {
                    rates.refused(Duration.ofNanos((long) (reset * 1e9)));
                }
            });
        }
    }

    SharedBucket(double burst, double perSecond, Duration roundTrip) {
        this.roundTrip = roundTrip.toNanos() / 1e9;
        limit(burst, perSecond);
    }

    /** Another limit, with a full bucket. */
    void limit(double otherBurst, double otherPerSecond) {
        burst = otherBurst;
        perSecond = otherPerSecond;
        tokens = burst;
        filledAt = now();
    }

    /** Has the workers send as much as they can, whatever they are told. */
    void unheeded() {
        heeded = false;
    }

    Worker worker(double share) {
        return worker(share, Lane.INTERACTIVE, now -> true);
    }

    /** @param busy whether it has something to send at this second */
    Worker worker(double share, Lane lane, DoublePredicate busy) {
        var worker = new Worker(share, lane, busy);
        workers.add(worker);
        later(TURN * random.nextDouble(), worker::turn);
        return worker;
    }

    private double now() {
        return Duration.between(origin, clock.instant()).toNanos() / 1e9;
    }

    private void later(double seconds, Runnable then) {
        events.add(new Event(now() + seconds, then));
    }

    /**
     * What a time span came to.
     *
     * @param used what was let through, as a part of what flowed in
     * @param refused what was not, as a part of all that was sent
     * @param lowest the fewest tokens that there were
     */
    record Result(double used, double refused, double lowest) {}

    Result run(Duration span) {
        double begin = now();
        double end = begin + span.toNanos() / 1e9;
        int passedBefore = workers.stream().mapToInt(worker -> worker.passed).sum();
        int refusedBefore = workers.stream().mapToInt(worker -> worker.refused).sum();
        lowest = Double.MAX_VALUE;
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event next = events.remove();
            double ahead = next.at() - now();
            if (ahead > 0) {
                clock.move(Duration.ofNanos((long) (ahead * 1e9)));
            }
            next.then().run();
        }
        int passed = workers.stream().mapToInt(worker -> worker.passed).sum() - passedBefore;
        int refused = workers.stream().mapToInt(worker -> worker.refused).sum() - refusedBefore;
        return new Result(passed / (perSecond * (end - begin)), (double) refused / (passed + refused), lowest);
    }
}
