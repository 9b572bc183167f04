package dev.mandate.worker.consumption;

import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.worker.authorization.LiveAuthorization;
import dev.mandate.worker.execution.Attempt;
import dev.mandate.worker.execution.AttemptResult;
import dev.mandate.worker.execution.Execution;
import dev.mandate.worker.time.Stopwatch;
import dev.mandate.worker.verification.Problem;
import dev.mandate.worker.verification.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Attempts at commands, of macros at one step after the other: journaled as started once there is a place for the call,
 * made when that is committed, repeated where it is right. Between {@code started} and the call nothing is waited for;
 * a call that could not begin in time all the same is journaled as started anew.
 */
final class Calls {

    private static final Duration AFTER_WITHHOLDING = Duration.ofMillis(250);

    private final Execution execution;
    private final LiveAuthorization authorization;
    private final Starts starts;
    private final Steps steps;
    private final Workshop workshop;
    private final Endings endings;
    private final Consumer<Job> decideAnew;
    private final Predicate<Job> calledOff;
    private final CallWindow window;
    private final Clock clock;
    private final Leftovers leftovers;

    /**
     * @param decideAnew has a job decided again, whose facts have grown too old, or which can't be done now
     * @param calledOff whether a job was called off that nothing was begun of
     */
    Calls(
            Execution execution,
            LiveAuthorization authorization,
            Starts starts,
            Steps steps,
            Workshop workshop,
            Endings endings,
            Consumer<Job> decideAnew,
            Predicate<Job> calledOff,
            CallWindow window,
            Clock clock) {
        this.execution = execution;
        this.authorization = authorization;
        this.starts = starts;
        this.steps = steps;
        this.workshop = workshop;
        this.endings = endings;
        this.decideAnew = decideAnew;
        this.calledOff = calledOff;
        this.window = window;
        this.clock = clock;
        this.leftovers = new Leftovers(starts.worker(), clock);
    }

    /** Has the next attempt made, as soon as there is a place for it; it has waited until the tenant may be called. */
    void start(Job job) {
        job.enter(Job.Stage.STARTING);
        workshop.enter(job, place -> start(job, place));
    }

    private void start(Job job, Places.Place place) {
        if (!isStillRight(job)) {
            place.leave();
        } else if (job.unsent() && job.sinceStarted().filter(window::isOpen).isPresent()) {
            call(job, place);
        } else {
            starts.add(job, job.attempts() + 1, () -> begin(job), () -> call(job, place));
        }
    }

    private void begin(Job job) {
        job.sinceStarted(Stopwatch.start(clock));
        job.begunAt(clock.instant());
    }

    /** Whether an attempt may be started now; if not, the job goes another way. */
    private boolean isStillRight(Job job) {
        if (!job.home().isOpen()) {
            return false;
        }
        Instant now = clock.instant();
        boolean right = now.isBefore(job.deadline())
                && Job.isFresh(job.fresh())
                // The journal would say that it was begun before it was decided.
                && !job.isDecidedAfter(now)
                && execution.closed(job.request()).isEmpty()
                && !calledOff.test(job);
        if (!right) {
            decideAnew.accept(job);
        }
        return right;
    }

    private void call(Job job, Places.Place place) {
        job.enter(Job.Stage.RUNNING);
        job.unsent(false);
        var call = new Call(job, job.sinceStarted().orElseThrow(), window, clock);
        job.call(call);
        Request request = job.request();
        var attempt = new Attempt(
                job.attempts(),
                job.doubt(),
                job.obstacle()
                        .filter(problem -> problem.code().equals(Execution.TOKEN_REFUSED))
                        .isPresent());
        workshop.run(
                place, () -> make(call, request, attempt), () -> broken(request), result -> made(job, call, result));
    }

    /** A job keeps its target until its call is over, and no place meanwhile. What only reads has no need to. */
    private void made(Job job, Call call, AttemptResult result) {
        call.answered();
        Duration left = result.mayGoOn() && !job.isHarmless() ? call.untilOver() : Duration.ZERO;
        if (left.isZero()) {
            call.result().complete(result);
            attempted(job, result);
        } else {
            workshop.later(left, () -> made(job, call, result));
        }
    }

    private AttemptResult make(Call call, Request request, Attempt attempt) {
        try {
            return execution.attempt(request, attempt, call::mayBegin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return broken(request);
        }
    }

    private static AttemptResult broken(Request request) {
        return new AttemptResult.Ended(
                request.operation().action().reads() ? OutcomeStatus.FAILED : OutcomeStatus.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new OutcomeError("internal.error", "The worker failed while it was doing it")));
    }

    private void attempted(Job job, AttemptResult result) {
        if (job.home().isGone()) {
            return;
        }
        switch (result) {
            case AttemptResult.Ended ended -> {
                job.called(ended.upstream());
                if (!job.request().operation().action().reads()) {
                    authorization.changed(job.request());
                }
                ended(job, ended);
            }
            case AttemptResult.Withheld withheld -> {
                job.unsent(true);
                workshop.later(AFTER_WITHHOLDING, () -> again(job));
            }
            case AttemptResult.Again again -> {
                job.called(again.upstream());
                job.unsent(!again.sent());
                if (again.inDoubt()) {
                    job.inDoubt();
                }
                Problem problem =
                        new Problem(again.error().code(), again.error().message());
                job.hindered(problem);
                if (!clock.instant().plus(again.delay()).isBefore(job.deadline())) {
                    endings.over(job, OutcomeStatus.FAILED, problem);
                } else {
                    workshop.later(again.delay(), () -> again(job));
                }
            }
        }
    }

    /** The next step of a macro begins only when the one before it is done. */
    private void ended(Job job, AttemptResult.Ended ended) {
        if (Steps.isDone(ended.status()) && job.request().hasNext()) {
            steps.line(job, ended.status(), ended.sealedResult(), ended.error()).ifPresent(job::stepDone);
            again(job);
        } else {
            endings.ended(job, ended.status(), ended.sealedResult(), ended.error());
        }
    }

    /**
     * What may have been done turns out to be done; what Auth0 answered is lost.
     *
     * @param call as Auth0's log has it
     */
    void proven(Job job, Upstream call) {
        job.called(Optional.of(call));
        job.wasAllowed();
        authorization.changed(job.request());
        ended(job, AttemptResult.Ended.proven(call));
    }

    private void again(Job job) {
        if (isStillRight(job)) {
            job.enter(Job.Stage.STARTING);
            workshop.enterPaying(job, place -> start(job, place));
        }
    }

    /** Keeps the calls of a partition that is being lost, should it come back. */
    void keep(OwnedPartition home) {
        leftovers.keep(home);
    }

    /** Whether this job's call is still on its way, or over, from an earlier time; then it goes on from there. */
    boolean resume(Job job) {
        Optional<Call> call = leftovers.take(job);
        call.ifPresent(left -> {
            job.enter(Job.Stage.RUNNING);
            left.handTo(job);
            // It completes on the loop, where everything about it happens.
            var _ = left.result().thenAccept(result -> attempted(job, result));
        });
        return call.isPresent();
    }
}
