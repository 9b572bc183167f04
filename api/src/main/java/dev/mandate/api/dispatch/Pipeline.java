package dev.mandate.api.dispatch;

import dev.mandate.api.problem.ProblemException;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Brings many commands into the log without waiting for each. What all batches together have on the way is bounded in
 * bytes: whoever sends waits for room, so that no more is read than the broker takes, and the producer keeps room for
 * those who send a single command.
 */
public final class Pipeline {

    private final Dispatcher dispatcher;
    private final Semaphore room;
    private final int size;

    /** @param size how many bytes may be on the way at once; at least one command's largest */
    Pipeline(Dispatcher dispatcher, int size) {
        this.dispatcher = dispatcher;
        this.room = new Semaphore(size, true);
        this.size = size;
    }

    /**
     * Signs and sends a command as soon as there is room.
     *
     * @param draft makes the command for its place in the chain, after the waiting; called under a lock, so it must be
     *     quick
     * @return once all in-sync replicas have it; or a {@link ProblemException}, 503 {@code broker.unavailable}, when
     *     the broker does not acknowledge: nothing is promised. Completed by a thread that must not be held up
     * @throws InterruptedException when the thread is interrupted before anything was signed
     */
    public CompletableFuture<Dispatched> send(Function<Chain, Command> draft) throws InterruptedException {
        // Its size is known once it is signed, and then it must go: so there is room for the largest before.
        room.acquire(CommandReader.MAX_BYTES);
        var held = new AtomicInteger(CommandReader.MAX_BYTES);
        try {
            return dispatcher
                    .dispatchOnly(draft, bytes -> room.release(held.getAndSet(bytes) - bytes))
                    .whenComplete((dispatched, failure) -> room.release(held.getAndSet(0)));
        } catch (RuntimeException e) {
            room.release(held.getAndSet(0));
            throw e;
        }
    }

    /** How many bytes are on the way. */
    public int inFlight() {
        return size - room.availablePermits();
    }
}
