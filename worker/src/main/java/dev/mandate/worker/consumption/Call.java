package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.Authorization;
import dev.mandate.worker.execution.AttemptResult;
import dev.mandate.worker.time.Countdown;
import dev.mandate.worker.time.Stopwatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One attempt's call: until when it may begin, and what came of it. It may be kept for longer than its partition, so it
 * holds on to nothing of that but the sign that it is gone.
 */
final class Call {

    private final int step;
    private final boolean doubt;
    private final AtomicBoolean gone;
    private final Optional<Authorization> decision;
    private final Optional<Countdown> fresh;
    private final Instant deadline;
    private final Stopwatch started;
    private final CallWindow window;
    private final Clock clock;
    private final CompletableFuture<AttemptResult> result = new CompletableFuture<>();
    private volatile boolean answered;
    private volatile Optional<Long> begunAtNanos = Optional.empty();

    /** @param started runs since before its {@code started} was appended */
    Call(Job job, Stopwatch started, CallWindow window, Clock clock) {
        this.step = job.done().size();
        this.doubt = job.doubt();
        this.gone = job.home().gone();
        this.decision = job.authorization();
        this.fresh = job.fresh();
        this.deadline = job.deadline();
        this.started = started;
        this.window = window;
        this.clock = clock;
    }

    /** Which of a macro's steps it is for, from 0. */
    int step() {
        return step;
    }

    /**
     * The job goes on with this call, and with the decision that it was made by: its outcome rests on that. The journal
     * alone would leave in doubt whether an attempt has done it; what comes of this call says so.
     */
    void handTo(Job job) {
        job.call(this);
        if (!doubt) {
            job.noDoubt();
        }
        job.decided(decision, job.fresh());
    }

    /**
     * Whether it may still begin: its partition is ours, its deadline is ahead, what it was decided by is not too old,
     * and no other worker can have taken it for dead. Asked beside the loop, right before the request is sent.
     */
    boolean mayBegin() {
        boolean may = !gone.get() && !clock.instant().isAfter(deadline) && Job.isFresh(fresh) && window.isOpen(started);
        if (may) {
            begunAtNanos = Optional.of(System.nanoTime());
        }
        return may;
    }

    /**
     * How long until it is over at Auth0, too, where nobody has heard the end of it: a connection that breaks off ends
     * nothing there. Nobody may touch its target before.
     */
    Duration untilOver() {
        return begunAtNanos
                .map(begun -> window.callTimeout().minusNanos(System.nanoTime() - begun))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** What came of it; it completes on the loop. */
    CompletableFuture<AttemptResult> result() {
        return result;
    }

    /** All has been heard of it that ever will be; it may go on at Auth0 all the same. */
    void answered() {
        answered = true;
    }

    /** Whether there is still something to be heard of it. */
    boolean isAwaited() {
        return !answered;
    }
}
