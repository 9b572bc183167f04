package dev.mandate.api.stream;

import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.LogPositions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One stream's place at the hub: what happened and was not written yet, up to a limit. */
final class Subscription implements AutoCloseable {

    private final Scope scope;
    private final LogPositions start;
    private final StreamHub hub;
    private final int capacity;
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private boolean cut;

    Subscription(Scope scope, LogPositions start, StreamHub hub, int capacity) {
        this.scope = scope;
        this.start = start;
        this.hub = hub;
        this.capacity = capacity;
    }

    Scope scope() {
        return scope;
    }

    /** Everything that happens from here on arrives. */
    LogPositions start() {
        return start;
    }

    /** The next item; empty when none comes in time. */
    Optional<Item> next(Duration atMost) throws InterruptedException {
        return Optional.ofNullable(items.poll(atMost.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** Where the hub stands, if nothing waits here: everything before it that concerns this stream was taken. */
    Optional<LogPositions> idleAt() {
        return hub.positionsIf(items::isEmpty);
    }

    /** Called by the hub only, one call at a time. */
    void offer(LogEvent event) {
        if (cut) {
            return;
        }
        if (items.size() >= capacity) {
            cut(EndReason.SLOW);
        } else {
            items.add(new Item.Happened(event));
        }
    }

    /** Called by the hub only, one call at a time. */
    void cut(EndReason reason) {
        if (!cut) {
            cut = true;
            items.clear();
            items.add(new Item.Cut(reason));
        }
    }

    @Override
    public void close() {
        hub.leave(this);
    }
}
