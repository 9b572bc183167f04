package dev.mandate.worker.consumption;

import dev.mandate.contracts.journal.Upstream;
import dev.mandate.worker.execution.LogEvidence;
import dev.mandate.worker.verification.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Writes that may have been done, and nobody knows: before that is said, Auth0's own log is asked. It shows a write
 * seconds after it was done, so it is asked again after pauses that grow, as long as there is time; and once where
 * there is none left. Meanwhile the job keeps its target, so that nothing overtakes it, and between two look-ups no
 * place.
 */
final class Doubts {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final String NOTHING_FOUND = ". Auth0's log did not show it to the worker";
    private static final String WITHHELD = ". The worker may not look for it in Auth0's log, which takes read:logs";

    private final BiFunction<Request, Instant, LogEvidence.Finding> evidence;
    private final Workshop workshop;
    private final ConsumptionMetrics metrics;
    private final BiConsumer<Job, Upstream> proven;
    private final Duration longest;
    private final Clock clock;

    /**
     * @param evidence looks in Auth0's log for a request that began at a time or later, beside the loop
     * @param proven goes on with a job whose write is known to be done
     * @param longest how long a job waits for that
     */
    Doubts(
            BiFunction<Request, Instant, LogEvidence.Finding> evidence,
            Workshop workshop,
            ConsumptionMetrics metrics,
            BiConsumer<Job, Upstream> proven,
            Duration longest,
            Clock clock) {
        this.evidence = evidence;
        this.workshop = workshop;
        this.metrics = metrics;
        this.proven = proven;
        this.longest = longest;
        this.clock = clock;
    }

    /** Whether there is anything to look for: a write that was begun and is known. */
    static boolean canBeSettled(Job job) {
        return job.isVerified() && job.attempts() > 0 && !job.isHarmless();
    }

    /**
     * Has a doubt settled, if it can be.
     *
     * @param unproven ends the job as unknown, with what is to be added to the reason
     */
    void settle(Job job, Consumer<String> unproven) {
        job.enter(Job.Stage.DOUBTING);
        Instant latest = clock.instant().plus(longest);
        Instant until = latest.isBefore(job.deadline()) ? latest : job.deadline();
        if (clock.instant().plus(FIRST_PAUSE).isBefore(until)) {
            later(job, FIRST_PAUSE, until, unproven);
        } else {
            look(job, FIRST_PAUSE, until, unproven);
        }
    }

    private void later(Job job, Duration pause, Instant until, Consumer<String> unproven) {
        workshop.later(pause, () -> look(job, pause.multipliedBy(2), until, unproven));
    }

    private void look(Job job, Duration nextPause, Instant until, Consumer<String> unproven) {
        if (!job.home().isOpen()) {
            // Whoever has the partition next finds it in doubt, and looks.
            return;
        }
        Request request = job.request();
        Instant since = job.begunAt();
        workshop.submit(job, () -> evidence.apply(request, since), LogEvidence.Finding.Nothing::new, finding -> {
            if (!job.home().isOpen()) {
                return;
            }
            switch (finding) {
                case LogEvidence.Finding.Done done -> {
                    metrics.doubted("proven");
                    proven.accept(job, done.call());
                }
                case LogEvidence.Finding.Withheld withheld -> {
                    metrics.doubted("withheld");
                    unproven.accept(WITHHELD);
                }
                case LogEvidence.Finding.Nothing nothing -> {
                    if (clock.instant().plus(nextPause).isBefore(until)) {
                        later(job, nextPause, until, unproven);
                    } else {
                        metrics.doubted("unproven");
                        unproven.accept(NOTHING_FOUND);
                    }
                }
            }
        });
    }
}
