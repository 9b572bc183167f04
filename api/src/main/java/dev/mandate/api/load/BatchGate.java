package dev.mandate.api.load;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mandate.api.configuration.BatchLimits;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;

/**
 * Keeps batches from taking the intake away from all others. A batch is one request of many commands, so it is not
 * requests that are counted: few batches are moved at once, of each person and in all, and the lines of one person are
 * taken at a steady rate, in however many batches they come.
 */
public final class BatchGate {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final BatchLimits limits;
    private final Semaphore places;
    private final Shares shares;
    private final Cache<Caller.Person, Allowance> allowances;
    private final Clock clock;
    private final Pause pause;

    /** How time passes. */
    @FunctionalInterface
    interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }

    /**
     * A gate.
     *
     * @param places how many batches are under way at once
     * @param remembered of how many people the rate is remembered
     */
    BatchGate(BatchLimits limits, int places, int remembered, Clock clock, Pause pause) {
        this.limits = limits;
        this.places = new Semaphore(places);
        this.shares = new Shares(limits.perPerson(), 0);
        this.allowances = Caffeine.newBuilder()
                .maximumSize(remembered)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .build();
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Lets a batch in.
     *
     * @return to be closed when the batch is through
     * @throws ProblemException 429 {@code batch.concurrency} when the person has too many under way, 503
     *     {@code overloaded} when all together have
     */
    public Pass enter(Caller.Person person) {
        Shares.Visit visit = shares.enter(person)
                .orElseThrow(() -> turnedAway(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "batch.concurrency",
                        "Too many of your batches are under way; nothing was done"));
        if (!places.tryAcquire()) {
            visit.close();
            throw turnedAway(
                    HttpStatus.SERVICE_UNAVAILABLE, "overloaded", "Too much at once; nothing was done. Try again");
        }
        Allowance allowance =
                allowances.get(person, who -> new Allowance(limits.perSecond(), limits.perSecond(), clock.instant()));
        return new Pass(visit, allowance);
    }

    private static ProblemException turnedAway(HttpStatus status, String code, String detail) {
        return new ProblemException(status, code, status.getReasonPhrase(), detail).retryAfter(SOON);
    }

    /** A batch that was let in. */
    public final class Pass implements AutoCloseable {

        private final Shares.Visit visit;
        private final Allowance allowance;

        private Pass(Shares.Visit visit, Allowance allowance) {
            this.visit = visit;
            this.allowance = allowance;
        }

        /**
         * Waits until the person may have one more line taken.
         *
         * @throws InterruptedException when the thread is interrupted
         */
        public void awaitLine() throws InterruptedException {
            Allowance.Grant grant = allowance.take(clock.instant());
            while (!grant.granted()) {
                pause.pause(grant.next());
                grant = allowance.take(clock.instant());
            }
        }

        @Override
        public void close() {
            places.release();
            visit.close();
        }
    }
}
