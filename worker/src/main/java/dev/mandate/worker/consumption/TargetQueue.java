package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The commands for one target: one at a time, in the order of the log, the interactive lane first. One of the bulk lane
 * that has been taken up already is hurried when one of the interactive lane comes: that waits for nothing but this
 * one.
 */
final class TargetQueue {

    private final Deque<Job> interactive = new ArrayDeque<>();
    private final Deque<Job> bulk = new ArrayDeque<>();
    private @Nullable Job active;

    void add(Job job) {
        if (job.lane() == Lane.BULK) {
            bulk.add(job);
            return;
        }
        interactive.add(job);
        if (active != null) {
            active.urgency().hurry();
        }
    }

    /** The next job to take up; empty while one is active, or when there is none. */
    Optional<Job> takeUp() {
        if (active != null) {
            return Optional.empty();
        }
        active = interactive.isEmpty() ? bulk.poll() : interactive.poll();
        return Optional.ofNullable(active);
    }

    /** The active job needs the target no longer. */
    void release(Job job) {
        if (active == job) {
            active = null;
        }
    }

    boolean isIdle() {
        return active == null && interactive.isEmpty() && bulk.isEmpty();
    }
}
