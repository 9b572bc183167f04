package dev.mandate.api.projection;

import dev.mandate.api.log.LogPartition;
import dev.mandate.api.log.LogPositions;
import dev.mandate.contracts.topic.LogRecord;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far the read model has come, as this process knows it, for those who must not read too early. */
public final class ProjectionProgress {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private LogPositions reached = new LogPositions(new TreeMap<>());
    private volatile boolean current;
    private volatile boolean outOfReach;
    private volatile long lag;

    ProjectionProgress() {}

    /**
     * Waits until the read model holds a record.
     *
     * @return whether it does, before the time was over
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean awaitPast(LogRecord.Position position, Duration atMost) throws InterruptedException {
        var partition = LogPartition.of(position);
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!reached.isPast(partition, position.offset())) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = moved.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the read model had caught up with the log since it was last out of reach. As long as it has not, a row
     * that is missing says nothing.
     */
    public boolean isCurrent() {
        return current;
    }

    /** Whether the database or the log was found out of reach, so that waiting for either is of no use now. */
    public boolean isOutOfReach() {
        return outOfReach;
    }

    /** How many records of the log the read model does not hold yet. */
    public long lag() {
        return lag;
    }

    void reached(LogPositions positions) {
        outOfReach = false;
        lock.lock();
        try {
            reached = positions;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void lag(long records) {
        lag = records;
        if (records == 0) {
            current = true;
        }
    }

    /** The database or the log is out of reach. */
    void lost() {
        current = false;
        outOfReach = true;
    }
}
