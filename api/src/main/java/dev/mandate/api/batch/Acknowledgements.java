package dev.mandate.api.batch;

import dev.mandate.api.dispatch.Dispatched;
import dev.mandate.api.log.LogPartition;
import dev.mandate.api.log.LogPositions;
import dev.mandate.api.problem.Problem;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.contracts.topic.LogRecord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the broker says of lines that were sent, in whatever order it says it. */
final class Acknowledgements {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private int underWay;
    private int taken;
    private LogPositions positions = LogPositions.of(Map.of());
    private Optional<BatchReport.Stop> failure = Optional.empty();

    /** Expects the broker's word on a line. */
    void expect(int line, CompletableFuture<Dispatched> sent) {
        lock.lock();
        try {
            underWay++;
        } finally {
            lock.unlock();
        }
        var _ = sent.whenComplete((dispatched, e) -> settle(line, dispatched, e));
    }

    /** The first line that was not acknowledged, so far. */
    Optional<BatchReport.Stop> failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the broker, or the producer in its place, has spoken of every line. */
    void awaitAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (underWay > 0) {
                settled.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many lines are commands in the log. */
    int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Behind all commands that were acknowledged. */
    LogPositions positions() {
        lock.lock();
        try {
            return positions;
        } finally {
            lock.unlock();
        }
    }

    private void settle(int line, @Nullable Dispatched dispatched, @Nullable Throwable e) {
        lock.lock();
        try {
            underWay--;
            if (dispatched != null) {
                taken++;
                LogRecord.Position position = dispatched.position();
                positions = positions.past(LogPartition.of(position), position.offset());
            } else if (failure.filter(earlier -> earlier.resumeAt() < line).isEmpty()) {
                failure = Optional.of(new BatchReport.Stop(line, problem(e)));
            }
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Problem problem(@Nullable Throwable e) {
        return switch (e) {
            case ProblemException problem -> problem.problem();
            case CompletionException wrapped when wrapped.getCause() != null -> problem(wrapped.getCause());
            case null, default -> throw new IllegalStateException("A line that is not taken is a problem", e);
        };
    }
}
