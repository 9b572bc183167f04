package dev.mandate.worker.consumption;

import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.worker.authorization.LiveAuthorization;
import dev.mandate.worker.execution.AttemptResult;
import dev.mandate.worker.execution.Execution;
import dev.mandate.worker.journal.Journal;
import dev.mandate.worker.verification.Problem;
import dev.mandate.worker.verification.Request;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Attempts at commands: journaled as started, made once that is committed, repeated where it is right. */
final class Calls {

    private final Execution execution;
    private final LiveAuthorization authorization;
    private final Journal journal;
    private final Ledger ledger;
    private final Workshop workshop;
    private final Endings endings;
    private final Consumer<Job> decideAnew;
    private final Clock clock;

    /** Calls whose partition was taken away while they were on their way, in case it comes back. */
    private final Map<LogRecord.Position, CompletableFuture<AttemptResult>> leftovers = new HashMap<>();

    /** @param decideAnew has a job decided again, whose facts have grown too old */
    Calls(
            Execution execution,
            LiveAuthorization authorization,
            Journal journal,
            Ledger ledger,
            Workshop workshop,
            Endings endings,
            Consumer<Job> decideAnew,
            Clock clock) {
        this.execution = execution;
        this.authorization = authorization;
        this.journal = journal;
        this.ledger = ledger;
        this.workshop = workshop;
        this.endings = endings;
        this.decideAnew = decideAnew;
        this.clock = clock;
    }

    /**
     * Journals the next attempt as started; it is made once that is committed. One that was not sent is made at once.
     */
    void start(Job job) {
        if (job.unsent()) {
            attempt(job);
            return;
        }
        job.enter(Job.Stage.STARTING);
        int attempt = job.attempts() + 1;
        ledger.add(new Ledger.Entry(
                job.home(),
                () -> Records.write(journal.started(
                        job.received(),
                        attempt,
                        job.home().tracker(job.position().topic()).lastRead())),
                null,
                () -> {
                    job.attempts(attempt);
                    job.unsent(true);
                    attempt(job);
                }));
    }

    private void attempt(Job job) {
        if (!job.home().isOpen()) {
            return;
        }
        if (clock.instant().isAfter(job.freshUntil())) {
            decideAnew.accept(job);
            return;
        }
        job.enter(Job.Stage.RUNNING);
        job.unsent(false);
        var call = new CompletableFuture<AttemptResult>();
        job.call(call);
        Request request = job.request();
        int attempt = job.attempts();
        boolean doubt = job.doubt();
        workshop.submit(job.lane(), () -> call(request, attempt, doubt), () -> broken(request), result -> {
            call.complete(result);
            attempted(job, result);
        });
    }

    private AttemptResult call(Request request, int attempt, boolean doubt) {
        try {
            return execution.attempt(request, attempt, doubt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return broken(request);
        }
    }

    private static AttemptResult broken(Request request) {
        return new AttemptResult.Ended(
                request.action().reads() ? OutcomeStatus.FAILED : OutcomeStatus.UNKNOWN,
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
                if (!job.request().action().reads()) {
                    authorization.changed(job.request());
                }
                endings.ended(job, ended.status(), ended.sealedResult(), ended.error());
            }
            case AttemptResult.Again again -> {
                job.called(again.upstream());
                job.unsent(!again.sent());
                if (again.inDoubt()) {
                    job.inDoubt();
                }
                Problem problem =
                        new Problem(again.error().code(), again.error().message());
                if (!clock.instant().plus(again.delay()).isBefore(job.deadline())) {
                    endings.over(job, OutcomeStatus.FAILED, problem);
                } else {
                    workshop.later(again.delay(), () -> again(job, problem));
                }
            }
        }
    }

    private void again(Job job, Problem problem) {
        Instant now = clock.instant();
        if (!job.home().isOpen()) {
            return;
        }
        if (!now.isBefore(job.deadline())) {
            endings.over(job, OutcomeStatus.FAILED, problem);
        } else if (now.isAfter(job.freshUntil())) {
            decideAnew.accept(job);
        } else {
            start(job);
        }
    }

    /** Keeps the calls of a partition that is being lost, should it come back. */
    void keep(OwnedPartition home) {
        if (leftovers.size() > 1000) {
            leftovers.values().removeIf(CompletableFuture::isDone);
        }
        home.jobs().forEach(job -> job.call().ifPresent(call -> leftovers.put(job.position(), call)));
    }

    /** Whether this job's call is still on its way, or over, from an earlier time; then it goes on from there. */
    boolean resume(Job job) {
        CompletableFuture<AttemptResult> call = leftovers.remove(job.position());
        if (call == null) {
            return false;
        }
        job.enter(Job.Stage.RUNNING);
        job.call(call);
        // It completes on the loop, where everything about it happens.
        var _ = call.thenAccept(result -> attempted(job, result));
        return true;
    }
}
