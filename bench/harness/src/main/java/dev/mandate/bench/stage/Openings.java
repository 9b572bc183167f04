package dev.mandate.bench.stage;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been opened, and is to be closed in the reverse order. */
final class Openings {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        synchronized (open) {
            open.push(part);
        }
        return part;
    }

    /** Something has been closed already. */
    void forget(AutoCloseable part) {
        synchronized (open) {
            open.remove(part);
        }
    }

    void close() {
        synchronized (open) {
            while (!open.isEmpty()) {
                try {
                    open.pop().close();
                } catch (Exception e) {
                    // What can't be ended here is ended by the next start, which finds it by its identity.
                }
            }
        }
    }
}
