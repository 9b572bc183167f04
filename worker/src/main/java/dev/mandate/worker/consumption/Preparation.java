package dev.mandate.worker.consumption;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Repeat;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.worker.execution.Backoff;
import dev.mandate.worker.verification.Problem;
import dev.mandate.worker.verification.Request;
import dev.mandate.worker.verification.Verification;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** What comes before a call: is it genuine, is it new, is it right, may it be done. */
final class Preparation {

    private static final Problem INTERNAL = new Problem("internal.error", "The worker failed while it was checking it");
    private static final Problem EXPIRED = new Problem("command.expired", "Its deadline passed before it was begun");
    private static final Problem EXPIRED_MIDWAY =
            new Problem("command.expired", "Its deadline passed before all of it was begun");
    private static final Problem CALLED_OFF =
            new Problem("command.cancelled", "Its requester called it off before it was begun");
    private static final Problem MISPLACED =
            new Problem("command.partition", "It was put into another partition than its target's");
    private static final Problem DISTRUSTED = new Problem(
            "journal.untrusted", "It may have been done; the journal names it in a record that can't be verified");
    private static final Problem OTHERWISE = new Problem(
            "catalogue.changed", "It was begun when the catalogue had other steps for it; the rest is left undone");
    private static final Problem LOST =
            new Problem("upstream.answer_lost", "It may have been done; the worker stopped before it knew");

    private final Function<ReceivedCommand, Verification.Result> check;
    private final Function<Request, Decider.Result> decider;
    private final Recall recall;
    private final Function<Job, Optional<String>> cancellation;
    private final Workshop workshop;
    private final Endings endings;
    private final Backoff backoff;
    private final Consumer<Job> start;
    private final Predicate<Job> resume;
    private final Clock clock;

    /**
     * @param check verifies a command, beside the loop
     * @param decider decides a request by live facts, beside the loop
     * @param cancellation says by what a job was called off that nothing was begun of
     * @param start begins a job that is ready
     * @param resume goes on with a call from an earlier time, if there is one
     */
    Preparation(
            Function<ReceivedCommand, Verification.Result> check,
            Function<Request, Decider.Result> decider,
            Recall recall,
            Function<Job, Optional<String>> cancellation,
            Workshop workshop,
            Endings endings,
            Backoff backoff,
            Consumer<Job> start,
            Predicate<Job> resume,
            Clock clock) {
        this.check = check;
        this.decider = decider;
        this.recall = recall;
        this.cancellation = cancellation;
        this.workshop = workshop;
        this.endings = endings;
        this.backoff = backoff;
        this.start = start;
        this.resume = resume;
        this.clock = clock;
    }

    /** Takes up a job whose turn it is. */
    void takeUp(Job job) {
        if (job.home().isOpen()) {
            recall.whenRemembered(job, () -> remembered(job));
        }
    }

    private void remembered(Job job) {
        recall.note(job);
        if (job.obstacle().isPresent() && isLate(job)) {
            if (recall.isNew(job)) {
                expire(job);
            }
            return;
        }
        job.enter(Job.Stage.VERIFYING);
        workshop.submit(
                job,
                () -> check.apply(job.received()),
                () -> new Verification.Result.Wrong(INTERNAL),
                result -> verified(job, result));
    }

    private void verified(Job job, Verification.Result result) {
        if (!job.home().isOpen()) {
            return;
        }
        switch (result) {
            case Verification.Result.Untrusted untrusted -> {
                // What was started once was trusted then, and must have its outcome.
                if (job.attempts() > 0) {
                    recall.whenOver(job, () -> endings.unknown(job, LOST));
                } else if (recall.isDistrusted(job) && recall.isFirst(job)) {
                    recall.whenOver(job, () -> endings.unknown(job, DISTRUSTED));
                } else {
                    endings.quarantined(job, untrusted.reason());
                }
            }
            case Verification.Result.Undecided undecided ->
                later(job, Optional.empty(), undecided.problem(), () -> takeUp(job));
            case Verification.Result.Wrong wrong -> {
                if (recall.isNew(job)) {
                    undone(job, OutcomeStatus.DENIED, wrong.problem());
                }
            }
            case Verification.Result.Right right -> {
                job.verified(right.request());
                if (recall.isNew(job)) {
                    if (isMisplaced(job)) {
                        undone(job, OutcomeStatus.DENIED, MISPLACED);
                    } else {
                        recall.whenTargetIsFree(job, () -> proceed(job, right.request()));
                    }
                }
            }
        }
    }

    /** A key lives in one partition only; in another one the target's commands would run out of order. */
    private static boolean isMisplaced(Job job) {
        return Partitioning.partition(job.key(), job.home().partitions())
                != job.position().partition();
    }

    private void proceed(Job job, Request request) {
        if (job.attempts() == 0 && !recall.isDistrusted(job)) {
            decide(job);
        } else if (!recall.fits(job, request.action())) {
            recall.whenOver(job, () -> endings.unknown(job, OTHERWISE));
        } else if (!resume.test(job)) {
            recover(job, job.request().operation().action());
        }
    }

    /** It was started, or may have been, and nobody knows how that ended. */
    private void recover(Job job, Action action) {
        if (action.repeat() == Repeat.SAFE) {
            job.noDoubt();
            decide(job);
        } else if (recall.isDistrusted(job)) {
            recall.whenOver(job, () -> endings.unknown(job, DISTRUSTED));
        } else if (action.repeat() == Repeat.UNSAFE) {
            recall.whenOver(job, () -> endings.over(job, OutcomeStatus.UNKNOWN, LOST));
        } else {
            recall.whenOver(job, () -> decide(job));
        }
    }

    /** Has a job decided by live facts. */
    void decide(Job job) {
        if (!job.home().isOpen() || expired(job) || calledOff(job)) {
            return;
        }
        job.enter(Job.Stage.DECIDING);
        workshop.enterPaying(job, place -> decide(job, place));
    }

    private void decide(Job job, Places.Place place) {
        if (!job.home().isOpen() || expired(job)) {
            place.leave();
            return;
        }
        Request request = job.request();
        workshop.run(
                place,
                () -> decider.apply(request),
                () -> new Decider.Result.Over(OutcomeStatus.FAILED, Optional.empty(), INTERNAL),
                result -> decided(job, result));
    }

    private void decided(Job job, Decider.Result result) {
        if (!job.home().isOpen()) {
            return;
        }
        switch (result) {
            case Decider.Result.Ready ready -> {
                job.decided(Optional.of(ready.authorization()), Optional.of(ready.fresh()));
                if (!expired(job)) {
                    start.accept(job);
                }
            }
            case Decider.Result.Over over -> {
                job.decided(over.authorization(), Optional.empty());
                endings.over(job, over.status(), over.problem());
            }
            case Decider.Result.Later soon -> later(job, soon.hint(), soon.problem(), () -> decide(job));
        }
    }

    /** Waits for its next try, or for its deadline if that comes first. */
    private void later(Job job, Optional<Duration> hint, Problem problem, Runnable retry) {
        job.enter(Job.Stage.WAITING);
        Duration delay = backoff.after(job.triedInVain(problem), hint);
        Duration left = Duration.between(clock.instant(), job.deadline());
        workshop.later(delay.compareTo(left) < 0 ? delay : left, retry);
    }

    private boolean expired(Job job) {
        if (!isLate(job)) {
            return false;
        }
        expire(job);
        return true;
    }

    private boolean calledOff(Job job) {
        Optional<String> by = cancellation.apply(job);
        by.ifPresent(payloadHash -> {
            job.calledOff(payloadHash);
            endings.over(job, OutcomeStatus.CANCELLED, CALLED_OFF);
        });
        return by.isPresent();
    }

    private boolean isLate(Job job) {
        return !clock.instant().isBefore(job.deadline());
    }

    private void expire(Job job) {
        Problem problem = job.obstacle().orElse(job.done().isEmpty() ? EXPIRED : EXPIRED_MIDWAY);
        undone(job, OutcomeStatus.EXPIRED, problem);
    }

    /** It is not done any more; unless something that can't be trusted says that it may have been done before. */
    private void undone(Job job, OutcomeStatus status, Problem problem) {
        if (!job.begun() && recall.isDistrusted(job) && !job.isHarmless()) {
            recall.whenOver(job, () -> endings.unknown(job, DISTRUSTED));
        } else {
            recall.whenOver(job, () -> endings.over(job, status, problem));
        }
    }
}
